using System.Net.WebSockets;
using System.Text;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore.Tests;

/// <summary>One on a WebSocket.</summary>
internal sealed class RawClient : FrameClient
{
    private RawClient(WebSocket socket) => Socket = socket;

    public WebSocket Socket { get; }

    public static async Task<RawClient> ConnectAsync(Uri endpoint, Action<ClientWebSocketOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        ClientWebSocket socket = new();
        socket.Options.AddSubProtocol(SignalingProtocol.SubProtocol);
        configure?.Invoke(socket.Options);
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken).WaitAsync(Patience, CancellationToken.None);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return new RawClient(socket);
    }

    /// <summary>Connects with the first frame in the request.</summary>
    public static Task<RawClient> AskAheadAsync(Uri endpoint, string frame, CancellationToken cancellationToken = default) => ConnectAsync(
        endpoint,
        socket =>
        {
            foreach (string offered in FirstFrame.Offer(Encoding.UTF8.GetBytes(frame)))
            {
                if (offered != SignalingProtocol.SubProtocol)
                    socket.AddSubProtocol(offered);
            }
        },
        cancellationToken);

    /// <summary>Connects, and says its first frame with the request or on the connection.</summary>
    public static async Task<RawClient> AskAsync(Uri endpoint, string frame, bool isAhead)
    {
        if (isAhead)
            return await AskAheadAsync(endpoint, frame);

        RawClient client = await ConnectAsync(endpoint);
        await client.SendAsync(frame);
        return client;
    }

    /// <summary>Connects and asks for a room; <see cref="FrameClient.Self"/> is known then.</summary>
    public static async Task<RawClient> EnterAsync(Uri endpoint, string room = "lobby", string? secret = null, string? name = null)
    {
        RawClient client = await ConnectAsync(endpoint);
        await client.JoinAsync(room, secret, name);
        return client;
    }

    public override Task SendAsync(string frame) => SendAsync(Encoding.UTF8.GetBytes(frame));

    public Task SendAsync(byte[] frame, WebSocketMessageType type = WebSocketMessageType.Text, bool end = true) =>
        Socket.SendAsync(frame, type, end, CancellationToken.None).WaitAsync(Patience);

    public override async Task<string?> NextTextAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult result = await Socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).AsTask().WaitAsync(Patience);
            if (result.MessageType == WebSocketMessageType.Close)
                return null;

            length += result.Count;
            if (result.EndOfMessage)
                return Encoding.UTF8.GetString(buffer, 0, length);
            if (length == buffer.Length)
                Array.Resize(ref buffer, 2 * buffer.Length);
        }
    }

    /// <summary>The connection ends without a word, as when a cable is pulled and the system sends a reset.</summary>
    public void Vanish() => Socket.Abort();

    public override ValueTask DisposeAsync()
    {
        Socket.Dispose();
        return default;
    }

    protected override string WhyEnded => $"{Socket.CloseStatus} {Socket.CloseStatusDescription}";
}
