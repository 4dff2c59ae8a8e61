using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore.Tests;

/// <summary>A client that speaks the protocol by hand, frame by frame.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private RawClient(WebSocket socket) => Socket = socket;

    public WebSocket Socket { get; }

    /// <summary>The id that the server gave.</summary>
    public string Self { get; private set; } = "";

    public string? Token { get; private set; }

    /// <summary>How many counted frames have come.</summary>
    public long Received { get; private set; }

    public static async Task<RawClient> ConnectAsync(Uri endpoint, Action<ClientWebSocketOptions>? configure = null)
    {
        ClientWebSocket socket = new();
        socket.Options.AddSubProtocol(SignalingProtocol.SubProtocol);
        configure?.Invoke(socket.Options);
        try
        {
            await socket.ConnectAsync(endpoint, CancellationToken.None).WaitAsync(Patience);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return new RawClient(socket);
    }

    /// <summary>Connects and asks for a room; <see cref="Self"/> is known then.</summary>
    public static async Task<RawClient> EnterAsync(Uri endpoint, string room = "lobby", string? secret = null, string? name = null)
    {
        RawClient client = await ConnectAsync(endpoint);
        await client.JoinAsync(room, secret, name);
        return client;
    }

    public async Task<JsonObject> JoinAsync(string room = "lobby", string? secret = null, string? name = null)
    {
        JsonObject frame = new() { ["type"] = "create or join", ["room"] = room };
        if (name is not null)
            frame["name"] = name;
        if (secret is not null)
            frame["secret"] = secret;
        await SendAsync(frame.ToJsonString());
        JsonObject answer = await NextAsync();
        Self = (string?)answer["self"] ?? "";
        Token = (string?)answer["resume"]?["token"];
        return answer;
    }

    public async Task<JsonObject> ResumeAsync(string room, string self, string token, long received)
    {
        await SendAsync(new JsonObject { ["type"] = "resume", ["room"] = room, ["self"] = self, ["token"] = token, ["received"] = received }.ToJsonString());
        JsonObject answer = await NextAsync();
        Token = (string?)answer["token"];
        Self = self;
        return answer;
    }

    public Task SendAsync(string frame) => SendAsync(Encoding.UTF8.GetBytes(frame));

    public Task SendAsync(byte[] frame, WebSocketMessageType type = WebSocketMessageType.Text, bool end = true) =>
        Socket.SendAsync(frame, type, end, CancellationToken.None).WaitAsync(Patience);

    public Task SayAsync(string payload, string? to = null) =>
        SendAsync(to is null ? $$"""{"type":"message","payload":{{payload}}}""" : $$"""{"type":"message","to":"{{to}}","payload":{{payload}}}""");

    /// <summary>The next frame but for the server's log.</summary>
    public async Task<JsonObject> NextAsync()
    {
        while (true)
        {
            JsonObject frame = JsonNode.Parse(await NextTextAsync() ?? throw new InvalidOperationException($"The connection ended: {Socket.CloseStatus} {Socket.CloseStatusDescription}"))!.AsObject();
            if ((string)frame["type"]! is not ("ack" or "ping" or "pong" or "resumed" or "end"))
                Received++;
            if ((string?)frame["type"] != "log")
                return frame;
        }
    }

    /// <summary>The next frame, of this type.</summary>
    public async Task<JsonObject> NextAsync(string type)
    {
        JsonObject frame = await NextAsync();
        return (string?)frame["type"] == type ? frame : throw new InvalidOperationException($"Expected {type}, and {frame.ToJsonString()} came.");
    }

    /// <summary>The next frame as it came, or null at the end.</summary>
    public async Task<string?> NextTextAsync()
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

    /// <summary>Reads on until the server has closed.</summary>
    /// <returns>The code of its last word, or null when it said none.</returns>
    public async Task<string?> EndAsync()
    {
        string? code = null;
        while (await NextTextAsync() is { } text)
        {
            JsonNode frame = JsonNode.Parse(text)!;
            code = (string?)frame["type"] == "end" ? (string?)frame["code"] : code;
        }

        return code;
    }

    /// <summary>The connection ends without a word, as when a cable is pulled and the system sends a reset.</summary>
    public void Vanish() => Socket.Abort();

    public ValueTask DisposeAsync()
    {
        Socket.Dispose();
        return default;
    }
}
