using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore.Tests;

/// <summary>One on a stream of a hub's connection.</summary>
internal sealed class HubClient : FrameClient
{
    private readonly Channel<string> _sent = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _drop = new();
    private readonly bool _ownsConnection;
    private ChannelReader<string> _received = null!;

    private HubClient(HubConnection connection, bool ownsConnection) => (Connection, _ownsConnection) = (connection, ownsConnection);

    public HubConnection Connection { get; }

    /// <summary>A connection to the hub at <c>/hub</c>, started.</summary>
    public static async Task<HubConnection> StartAsync(
        Uri http, Action<HttpConnectionOptions>? configure = null, Action<IHubConnectionBuilder>? build = null)
    {
        HubConnectionBuilder builder = new();
        builder.WithUrl(new Uri(http, "hub"), options => configure?.Invoke(options));
        build?.Invoke(builder);
        HubConnection connection = builder.Build();
        try
        {
            await connection.StartAsync().WaitAsync(Patience);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>On a connection of its own.</summary>
    public static async Task<HubClient> ConnectAsync(
        Uri http, Action<HttpConnectionOptions>? configure = null, Action<IHubConnectionBuilder>? build = null) =>
        await new HubClient(await StartAsync(http, configure, build), ownsConnection: true).OpenAsync();

    /// <summary>On a connection that is there.</summary>
    public static Task<HubClient> ConnectAsync(HubConnection connection) => new HubClient(connection, ownsConnection: false).OpenAsync();

    /// <summary>Connects and asks for a room; <see cref="FrameClient.Self"/> is known then.</summary>
    public static async Task<HubClient> EnterAsync(Uri http, string room = "lobby", string? secret = null)
    {
        HubClient client = await ConnectAsync(http);
        await client.JoinAsync(room, secret);
        return client;
    }

    public override Task SendAsync(string frame) => _sent.Writer.WriteAsync(frame).AsTask();

    public override async Task<string?> NextTextAsync() =>
        await _received.WaitToReadAsync().AsTask().WaitAsync(Patience) && _received.TryRead(out string? frame) ? frame : null;

    /// <summary>As RoomCall's client does: it ends its stream when the server has said its last word.</summary>
    public override async Task<string?> EndAsync()
    {
        string? text;
        do
        {
            text = await NextTextAsync();
        }
        while (text is not null && !text.StartsWith("""{"type":"end""", StringComparison.Ordinal));

        Close();
        return text is null ? null : (string?)System.Text.Json.Nodes.JsonNode.Parse(text)!["code"];
    }

    /// <summary>Ends its stream in order.</summary>
    public void Close() => _sent.Writer.TryComplete();

    /// <summary>Drops its stream without a word; the connection stays.</summary>
    public void Drop() => _drop.Cancel();

    public override async ValueTask DisposeAsync()
    {
        _drop.Dispose();
        if (_ownsConnection)
            await Connection.DisposeAsync();
    }

    private async Task<HubClient> OpenAsync()
    {
        _received = await Connection.StreamAsChannelAsync<string>(SignalingProtocol.SubProtocol, _sent.Reader, _drop.Token);
        return this;
    }
}
