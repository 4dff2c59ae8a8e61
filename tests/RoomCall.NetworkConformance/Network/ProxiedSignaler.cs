using RoomCall.Signaling;

namespace RoomCall.NetworkConformance;

/// <summary>A client with a network of its own between it and the server.</summary>
/// <param name="proxy">Its network; disposed with it.</param>
/// <param name="signaler">The client, which connects to that; disposed with it.</param>
public sealed class ProxiedSignaler(FaultProxy proxy, OwningSignaler signaler) : IRoomSignaler, IAsyncDisposable
{
    public FaultProxy Proxy => proxy;

    public ValueTask<IRoomConnection> ConnectAsync(string room, CancellationToken cancellationToken) =>
        signaler.ConnectAsync(room, cancellationToken);

    /// <summary>The network goes first: what a client says as it closes is not waited for, also where the network hangs.</summary>
    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        await signaler.DisposeAsync();
    }
}
