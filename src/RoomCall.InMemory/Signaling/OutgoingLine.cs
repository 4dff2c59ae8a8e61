using System.Threading.Channels;
using RoomCall.Scheduling;
using RoomCall.Server;

namespace RoomCall.InMemory;

/// <summary>What a client sends to the server: in order, each after the latency, held while the connection is interrupted, and bounded.
/// Where there is nothing to wait for, it happens at once on the caller's thread; no task stays while nothing is on its way.</summary>
/// <param name="seat">What takes the messages.</param>
/// <param name="limit">How many messages may be on their way before sending waits.</param>
/// <param name="latency">How long each is on its way.</param>
/// <param name="atEnd">Called when the leave has reached the server, with null, or when the server failed, with what it threw.</param>
internal sealed class OutgoingLine(RoomSeat seat, int limit, Latency latency, Action<Exception?> atEnd)
{
    private readonly Lock _gate = new();
    private readonly Channel<Departure> _waiting = Channel.CreateBounded<Departure>(limit);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _resumed;
    private long? _leaveDue;

    // One thread at a time delivers, until nothing is left: that keeps the order.
    private bool _isDelivering;

    /// <summary>Sends a message.</summary>
    /// <returns>A task that ends when it was taken; it fails when the line has ended or the leave was sent.</returns>
    public ValueTask SendAsync(ReadOnlyMemory<byte> payload, string? to, CancellationToken cancellationToken) =>
        SendAsync(new Departure(payload, to), cancellationToken);

    /// <summary>Sends a message that is to be parked.</summary>
    /// <inheritdoc cref="SendAsync(ReadOnlyMemory{byte}, string?, CancellationToken)"/>
    public ValueTask ParkAsync(ReadOnlyMemory<byte> payload, int generation, CancellationToken cancellationToken) =>
        SendAsync(new Departure(payload, null, ParkAs: generation), cancellationToken);

    /// <summary>Sends the leave after all that was taken; nothing more can be sent.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _leaveDue ??= latency.Due();
            _waiting.Writer.TryComplete();
            if (_isDelivering)
            {
                return;
            }

            _isDelivering = true;
        }

        _ = DeliverAsync();
    }

    public void Interrupt()
    {
        lock (_gate)
        {
            if (!_ended.Task.IsCompleted)
            {
                _resumed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    public void Resume()
    {
        lock (_gate)
        {
            _resumed?.TrySetResult();
            _resumed = null;
        }
    }

    /// <summary>Ends the line; what is on its way gets lost.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended.TrySetResult();
            _waiting.Writer.TryComplete();
            Resume();
        }
    }

    private ValueTask SendAsync(Departure departure, CancellationToken cancellationToken)
    {
        ValueTask taken;
        lock (_gate)
        {
            taken = _waiting.Writer.WriteAsync(departure with { Due = latency.Due() }, cancellationToken);
            if (_isDelivering)
            {
                return taken.IsCompletedSuccessfully ? taken : TakenAsync(taken);
            }

            _isDelivering = true;
        }

        _ = DeliverAsync();
        return taken.IsCompletedSuccessfully ? taken : TakenAsync(taken);
    }

    private static async ValueTask TakenAsync(ValueTask taken)
    {
        try
        {
            await taken.ConfigureAwait(DeterministicContext.IsCurrent);
        }
        catch (ChannelClosedException)
        {
            throw InMemoryRoomConnection.HasEnded();
        }
    }

    private async Task DeliverAsync()
    {
        try
        {
            while (TryPeek(out Departure next))
            {
                await latency.WaitAsync(next.Due, _ended.Task, CancellationToken.None).ConfigureAwait(DeterministicContext.IsCurrent);
                while (Volatile.Read(ref _resumed) is { } resumed)
                {
                    await resumed.Task.ConfigureAwait(DeterministicContext.IsCurrent);
                }

                Deliver(next);
            }
        }
        catch (Exception exception)
        {
            // Nobody awaits this; a line that stood still without a word would leave its client waiting.
            atEnd(exception);
        }
    }

    private bool TryPeek(out Departure next)
    {
        lock (_gate)
        {
            next = default;
            _isDelivering = !_ended.Task.IsCompleted && (_waiting.Reader.TryPeek(out next) || TryPeekLeave(out next));
            return _isDelivering;
        }
    }

    private bool TryPeekLeave(out Departure leave)
    {
        leave = new Departure(default, null, IsLeave: true, Due: _leaveDue ?? 0);
        return _leaveDue is not null;
    }

    private void Deliver(Departure departure)
    {
        if (_ended.Task.IsCompleted)
        {
            return;
        }

        if (departure.IsLeave)
        {
            seat.Leave();
            atEnd(null);
            return;
        }

        if (departure.ParkAs > 0)
        {
            seat.Park(departure.Payload, departure.ParkAs);
        }
        else
        {
            seat.Relay(departure.Payload, departure.To);
        }

        // Only now: until then it takes a place.
        _waiting.Reader.TryRead(out _);
    }

    private readonly record struct Departure(ReadOnlyMemory<byte> Payload, string? To, int ParkAs = 0, bool IsLeave = false, long Due = 0);
}
