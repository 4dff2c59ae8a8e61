using RoomCall.Signaling;
using RoomCall.Signaling.Links;

namespace RoomCall.WebSockets.Tests.Network;

/// <summary>A client with a network of its own between it and the server.</summary>
internal sealed class ProxiedSignaler : IRoomSignaler, IAsyncDisposable
{
    private readonly ResumingSignaler _signaler;

    public ProxiedSignaler(int port)
    {
        Proxy = new FaultProxy(port);
        _signaler = new ResumingSignaler(
            new WebSocketTransport(new WebSocketSignalerOptions { Endpoint = Proxy.Endpoint }),
            new ResumingSignalerOptions { Reconnect = new QuickPolicy(Proxy) });
    }

    public FaultProxy Proxy { get; }

    public ValueTask<IRoomConnection> ConnectAsync(string room, CancellationToken cancellationToken) =>
        _signaler.ConnectAsync(room, cancellationToken);

    public ValueTask DisposeAsync() => Proxy.DisposeAsync();
}
