using System.Runtime.CompilerServices;
using System.Threading.Channels;
using RoomCall.Server;
using RoomCall.Signaling;

namespace RoomCall.InMemory;

/// <summary>One stay in a room of the broker, with the latency of a network and the interruptions of one.</summary>
internal sealed class InMemoryRoomConnection : IRoomConnection, IRoomMember
{
    private readonly InMemorySignalerOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly Action<InMemoryRoomConnection> _forget;
    private readonly Channel<Arrival> _incoming;
    private readonly OutgoingLine _outgoing;
    private RoomSeat? _seat;
    private TaskCompletionSource? _interruption;
    private volatile bool _hasEnded;

    public InMemoryRoomConnection(InMemorySignalerOptions options, TimeProvider timeProvider, Action<InMemoryRoomConnection> forget)
    {
        _options = options;
        _timeProvider = timeProvider;
        _forget = forget;

        // Bounded by TryPost, so that an interruption can be told even to a client whose queue is full.
        _incoming = Channel.CreateUnbounded<Arrival>();
        _outgoing = new OutgoingLine(options, timeProvider);
    }

    public void Enter(RoomBroker broker, string room)
    {
        _seat = broker.CreateOrJoin(room, this);
        if (_seat is null && _incoming.Reader.Count == 0)
        {
            End(Lost("The in-memory server let this client go."));
        }
    }

    // --- IRoomMember: called by the broker

    public bool TryPost(RoomEvent roomEvent) =>
        _incoming.Reader.Count < _options.QueueLimit && _incoming.Writer.TryWrite(new Arrival(roomEvent, Due()));

    public void Flush()
    {
    }

    public void Close(PeerLeftReason reason) => End(Lost($"The in-memory server let this client go ({reason}): read its events faster."));

    // --- IRoomConnection: called by the client

    public async IAsyncEnumerable<RoomEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Arrival arrival in _incoming.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            TimeSpan remaining = _timeProvider.GetElapsedTime(_timeProvider.GetTimestamp(), arrival.Due);
            if (remaining > TimeSpan.Zero)
            {
                await Task.Delay(remaining, _timeProvider, cancellationToken).ConfigureAwait(false);
            }

            yield return arrival.Event;
            if (arrival.Until is { } resumed)
            {
                await resumed.WaitAsync(cancellationToken).ConfigureAwait(false);
                yield return new RoomEvent.Resumed();
            }
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> payload, string? to, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_seat is not { } seat || _hasEnded)
        {
            throw new RoomCallException(RoomCallErrorCode.SignalingLost, "This connection is in no room any more.");
        }

        return _outgoing.RunAsync(() => seat.Relay(payload, to), _interruption?.Task, cancellationToken);
    }

    public async ValueTask LeaveAsync(CancellationToken cancellationToken)
    {
        if (_seat is { } seat)
        {
            await _outgoing.RunAsync(() => seat.Leave(), _interruption?.Task, cancellationToken).ConfigureAwait(false);
            await _outgoing.WhenIdleAsync(cancellationToken).ConfigureAwait(false);
        }

        End(null);
    }

    public ValueTask DisposeAsync()
    {
        _seat?.Leave(PeerLeftReason.Vanished);
        End(null);
        return default;
    }

    // --- the network

    /// <summary>Ends the connection without a word.</summary>
    public void Cut()
    {
        _seat?.Leave(PeerLeftReason.Vanished);
        End(Lost("The connection to the in-memory server was cut."));
    }

    public void Interrupt()
    {
        TaskCompletionSource interruption = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _interruption, interruption, null) is null)
        {
            _incoming.Writer.TryWrite(new Arrival(new RoomEvent.Interrupted(), _timeProvider.GetTimestamp(), interruption.Task));
        }
    }

    public void Resume() => Interlocked.Exchange(ref _interruption, null)?.TrySetResult();

    private void End(Exception? error)
    {
        _hasEnded = true;
        _incoming.Writer.TryComplete(error);
        Resume();
        _forget(this);
    }

    private long Due() =>
        _timeProvider.GetTimestamp() + (long)(_options.Latency.TotalSeconds * _timeProvider.TimestampFrequency);

    /// <summary>An event on its way; after <c>Interrupted</c>, the end of the interruption.</summary>
    private readonly record struct Arrival(RoomEvent Event, long Due, Task? Until = null);

    private static RoomCallException Lost(string message) => new(RoomCallErrorCode.SignalingLost, message);
}
