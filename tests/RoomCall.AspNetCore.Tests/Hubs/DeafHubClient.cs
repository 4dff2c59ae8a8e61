using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace RoomCall.AspNetCore.Tests;

/// <summary>Opens a stream by hand (SignalR's hub protocol in JSON), joins a room, and then reads nothing.</summary>
internal sealed class DeafHubClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ClientWebSocket _socket = new();

    private DeafHubClient()
    {
    }

    public static async Task<DeafHubClient> EnterAsync(Uri http)
    {
        DeafHubClient client = new();
        using SocketsHttpHandler handler = new() { ConnectCallback = ConnectAsync };
        using HttpMessageInvoker invoker = new(handler);
        await client._socket.ConnectAsync(new UriBuilder(http) { Scheme = "ws", Path = "/hub" }.Uri, invoker, CancellationToken.None);
        await client.SendAsync("""{"protocol":"json","version":1}""");
        await client.SendAsync("""{"type":4,"invocationId":"1","target":"roomcall.v1","arguments":[],"streamIds":["s"]}""");
        await client.SendAsync("""{"type":2,"invocationId":"s","item":"{\"type\":\"create or join\",\"room\":\"lobby\"}"}""");
        string text = "";
        while (!text.Contains("created", StringComparison.Ordinal))
        {
            text += await client.ReadAsync();
        }

        return client;
    }

    public void Dispose() => _socket.Dispose();

    // A small buffer is full soon.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 8192 };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private Task SendAsync(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, true, CancellationToken.None);

    private async Task<string> ReadAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        WebSocketReceiveResult result = await _socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(Patience);
        return Encoding.UTF8.GetString(buffer, 0, result.Count);
    }
}
