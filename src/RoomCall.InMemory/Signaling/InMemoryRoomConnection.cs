using RoomCall.Scheduling;
using RoomCall.Server;
using RoomCall.Signaling;

namespace RoomCall.InMemory;

/// <summary>One stay in a room of the broker, with the latency of a network and the interruptions of one.</summary>
/// <remarks>The server may end it on any thread at any moment, also before it has entered the room.</remarks>
internal sealed class InMemoryRoomConnection : IRoomConnection, IRoomMember
{
    private readonly InMemorySignalerOptions _options;
    private readonly Latency _latency;
    private readonly Action<InMemoryRoomConnection> _forget;
    private readonly IncomingLine _incoming;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _interruption = new();
    private RoomSeat? _seat;
    private OutgoingLine? _outgoing;
    private bool _isRead;

    public InMemoryRoomConnection(InMemorySignalerOptions options, TimeProvider timeProvider, Action<InMemoryRoomConnection> forget)
    {
        _options = options;
        _latency = new Latency(options.Latency, timeProvider);
        _forget = forget;
        _incoming = new IncomingLine(options.QueueLimit, _latency);
    }

    public bool IsEnded => _ended.Task.IsCompleted;

    /// <summary>Asks for the room; the connection is known to nobody else before this returns, except to the server.</summary>
    public void Enter(RoomBroker broker, string room)
    {
        _seat = broker.CreateOrJoin(room, this);
        if (_seat is null)
        {
            // It was told why, or was let go, and then that end counts.
            End(null, IncomingLine.Rest.OnItsWay);
            return;
        }

        _outgoing = new OutgoingLine(_seat, _options.QueueLimit, _latency, AtEndOfOutgoing);
    }

    // --- IRoomMember: called by the broker

    public bool TryPost(RoomEvent roomEvent) => _incoming.TryPost(
        roomEvent is RoomEvent.Message message ? message with { Payload = message.Payload.ToArray() } : roomEvent);

    public void Flush()
    {
    }

    public void Close(PeerLeftReason reason) => End(
        Lost($"The in-memory server let this client go ({reason}): read its events faster, or raise {nameof(InMemorySignalerOptions.QueueLimit)}."),
        IncomingLine.Rest.OnItsWay);

    // --- IRoomConnection: called by the client

    public IAsyncEnumerable<RoomEvent> ReadAllAsync(CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref _isRead, true)
            ? throw new InvalidOperationException("The events of a connection are read once, by one reader: pass them on from there.")
            : _incoming.ReadAllAsync(cancellationToken);

    public ValueTask SendAsync(ReadOnlyMemory<byte> payload, string? to, CancellationToken cancellationToken) =>
        IsEnded || _outgoing is not { } outgoing
            ? ValueTask.FromException(HasEnded())
            : outgoing.SendAsync(payload, to, cancellationToken);

    public ValueTask ParkAsync(ReadOnlyMemory<byte> payload, int generation, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(generation, 1);
        return IsEnded || _outgoing is not { } outgoing
            ? ValueTask.FromException(HasEnded())
            : outgoing.ParkAsync(payload, generation, cancellationToken);
    }

    public async ValueTask LeaveAsync(CancellationToken cancellationToken)
    {
        if (IsEnded)
        {
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        _outgoing?.Leave();
        await DeterministicContext.Follow(_ended.Task).WaitAsync(cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
    }

    public ValueTask DisposeAsync()
    {
        Vanish(null, IncomingLine.Rest.Dropped);
        return default;
    }

    // --- the network

    /// <summary>Ends the connection without a word.</summary>
    public void Cut() => Vanish(Lost("The connection to the in-memory server was cut: join again."), IncomingLine.Rest.Arrived);

    public void Interrupt()
    {
        // Both ways as one, so that an end of the interruption on another thread cannot come in between.
        lock (_interruption)
        {
            _outgoing?.Interrupt();
            _incoming.Interrupt();
        }
    }

    public void Resume()
    {
        lock (_interruption)
        {
            _outgoing?.Resume();
            _incoming.Resume();
        }
    }

    /// <summary>What a connection that has ended answers to those who send.</summary>
    public static RoomCallException HasEnded() => Lost("This connection has ended, and nothing more can be sent on it: join again.");

    private static RoomCallException Lost(string message, Exception? cause = null) => new(RoomCallErrorCode.SignalingLost, message, cause);

    private void AtEndOfOutgoing(Exception? error)
    {
        if (error is null)
        {
            End(null, IncomingLine.Rest.Arrived);
        }
        else
        {
            Vanish(Lost($"The in-memory server failed: {error.Message}", error), IncomingLine.Rest.Arrived);
        }
    }

    private void Vanish(Exception? error, IncomingLine.Rest rest)
    {
        // First the end: what is on its way then reaches the room before the leave, or not at all.
        End(error, rest);
        _seat?.Leave(PeerLeftReason.Vanished);
    }

    private void End(Exception? error, IncomingLine.Rest rest)
    {
        _incoming.End(error, rest);
        _outgoing?.End();
        _ended.TrySetResult();
        _forget(this);
    }
}
