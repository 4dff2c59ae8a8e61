using RoomCall.Signaling;

namespace RoomCall.NetworkConformance;

/// <summary>A signaler, and what was made for it alone and ends with it: a connection, for example.</summary>
/// <param name="signaler">The signaler.</param>
/// <param name="owned">What is disposed with it; null: nothing.</param>
public sealed class OwningSignaler(IRoomSignaler signaler, IAsyncDisposable? owned = null) : IRoomSignaler, IAsyncDisposable
{
    public ValueTask<IRoomConnection> ConnectAsync(string room, CancellationToken cancellationToken) =>
        signaler.ConnectAsync(room, cancellationToken);

    public ValueTask DisposeAsync() => owned?.DisposeAsync() ?? default;
}
