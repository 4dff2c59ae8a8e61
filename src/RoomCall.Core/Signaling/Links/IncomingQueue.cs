using System.Runtime.CompilerServices;
using RoomCall.Scheduling;

namespace RoomCall.Signaling.Links;

/// <summary>The events that wait for the reader. Above its bound <see cref="WhenRoomAsync"/> waits, and with it the reading of the link.</summary>
internal sealed class IncomingQueue(int maxEvents, int maxBytes)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Arrival> _waiting = [];
    private TaskCompletionSource? _arrival;
    private TaskCompletionSource? _room;
    private long _bytes;
    private bool _isLeaving;
    private bool _isDeaf;
    private bool _hasEnded;
    private Exception? _error;

    private bool HasRoom => _hasEnded || _isLeaving || !IsFull;

    private bool IsFull => _waiting.Count >= maxEvents || _bytes >= maxBytes;

    /// <summary>Adds an event, whatever the bound.</summary>
    public void Post(RoomEvent roomEvent, int bytes = 0)
    {
        lock (_gate)
        {
            // Once one is passed over, all are: what is read has no gaps.
            _isDeaf |= _isLeaving && IsFull;
            if (_hasEnded || _isDeaf)
            {
                return;
            }

            // A loss that follows before the reader has heard the end of the last is the same one to it: so a client that does not read
            // is not flooded with them.
            if (roomEvent is RoomEvent.Interrupted && _waiting.Last?.Value.Event is RoomEvent.Resumed)
            {
                _waiting.RemoveLast();
                return;
            }

            _waiting.AddLast(new Arrival(roomEvent, bytes));
            _bytes += bytes;
            Signal(ref _arrival);
        }
    }

    /// <summary>Waits until there is room for one more, or until <see cref="Release"/>.</summary>
    /// <param name="isReleased">Whether that has come already.</param>
    public async ValueTask WhenRoomAsync(Func<bool> isReleased)
    {
        Task room;
        lock (_gate)
        {
            if (HasRoom || isReleased())
            {
                return;
            }

            _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            room = _room.Task;
        }

        await room.ConfigureAwait(DeterministicContext.IsCurrent);
    }

    /// <summary>The stay is being left, maybe by one who reads no more: nothing waits for room from here on, and from the first that is above
    /// the bound on all that comes is passed over.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _isLeaving = true;
            Signal(ref _room);
        }
    }

    /// <summary>Ends a wait for room, because there is nothing to read any more.</summary>
    public void Release()
    {
        lock (_gate)
        {
            Signal(ref _room);
        }
    }

    /// <summary>Ends the events. The first end counts.</summary>
    /// <param name="error">What the reader gets at the end; null: a normal end.</param>
    /// <param name="isDropped">Whether what was not read is dropped.</param>
    public void End(Exception? error, bool isDropped)
    {
        lock (_gate)
        {
            if (!_hasEnded)
            {
                _hasEnded = true;
                _error = error;
            }

            if (isDropped)
            {
                _waiting.Clear();
            }

            Signal(ref _arrival);
            Signal(ref _room);
        }
    }

    public async IAsyncEnumerable<RoomEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RoomEvent? next;
            Task arrival = Task.CompletedTask;
            lock (_gate)
            {
                next = TakeNext();
                if (next is null && _hasEnded)
                {
                    break;
                }

                if (next is null)
                {
                    _arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    arrival = _arrival.Task;
                }
            }

            if (next is not null)
            {
                yield return next;
            }
            else
            {
                await DeterministicContext.Follow(arrival).WaitAsync(cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
            }
        }

        if (_error is not null)
        {
            throw _error;
        }
    }

    private static void Signal(ref TaskCompletionSource? source)
    {
        source?.TrySetResult();
        source = null;
    }

    private RoomEvent? TakeNext()
    {
        if (_waiting.First is not { } first)
        {
            return null;
        }

        _waiting.RemoveFirst();
        _bytes -= first.Value.Bytes;
        if (HasRoom)
        {
            Signal(ref _room);
        }

        return first.Value.Event;
    }

    private readonly record struct Arrival(RoomEvent Event, int Bytes);
}
