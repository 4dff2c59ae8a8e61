using RoomCall.Signaling;
using RoomCall.Signaling.Links;
using RoomCall.WebSockets;

namespace RoomCall.NetworkConformance;

/// <summary>A client with a network of its own between it and the server.</summary>
public sealed class ProxiedSignaler : IRoomSignaler, IAsyncDisposable
{
    private readonly ResumingSignaler _signaler;

    /// <param name="port">Where the server is.</param>
    /// <param name="heartbeat">After how long a silence it is asked, and how long it may take to answer; null: as in the defaults.</param>
    public ProxiedSignaler(int port, TimeSpan? heartbeat = null)
    {
        Proxy = new FaultProxy(port);
        WebSocketSignalerOptions options = new() { Endpoint = Proxy.Endpoint };
        if (heartbeat is { } time)
        {
            options.KeepAliveInterval = options.KeepAliveTimeout = time;
        }

        _signaler = new ResumingSignaler(
            new WebSocketTransport(options),
            new ResumingSignalerOptions { Reconnect = new QuickPolicy(Proxy) });
    }

    public FaultProxy Proxy { get; }

    public ValueTask<IRoomConnection> ConnectAsync(string room, CancellationToken cancellationToken) =>
        _signaler.ConnectAsync(room, cancellationToken);

    public ValueTask DisposeAsync() => Proxy.DisposeAsync();
}
