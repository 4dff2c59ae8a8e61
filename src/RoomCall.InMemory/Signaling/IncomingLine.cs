using System.Runtime.CompilerServices;
using RoomCall.Scheduling;
using RoomCall.Signaling;

namespace RoomCall.InMemory;

/// <summary>What the server sends to a client: in order, each after the latency, held while the connection is interrupted, and bounded.</summary>
internal sealed class IncomingLine(int limit, Latency latency)
{
    private readonly Lock _gate = new();
    private Queue<Arrival> _waiting = new();
    private TaskCompletionSource? _change;
    private Interruption _interruption;
    private bool _isInterrupted;
    private int _readBeforeInterruption;
    private bool _hasEnded;
    private Exception? _error;

    /// <summary>What the reader knows of an interruption.</summary>
    private enum Interruption
    {
        None,

        /// <summary>There was or is one, and the reader is to be told when it has read what arrived before.</summary>
        Untold,

        /// <summary>The reader was told that it began, and not that it is over.</summary>
        Told,
    }

    /// <summary>What becomes of the events that were not read when the line ends.</summary>
    public enum Rest
    {
        /// <summary>All of them can be read: the end comes after them. In an interruption as <see cref="Arrived"/>.</summary>
        OnItsWay,

        /// <summary>Those that have arrived can be read.</summary>
        Arrived,

        /// <summary>None can be read.</summary>
        Dropped,
    }

    /// <summary>Sends an event on its way.</summary>
    /// <returns>False when so many wait already that it was not taken.</returns>
    public bool TryPost(RoomEvent roomEvent)
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                // Nobody hears it, and the server learns of the end by itself: that is not a queue which is full.
                return true;
            }

            if (_waiting.Count >= limit)
            {
                return false;
            }

            _waiting.Enqueue(new Arrival(roomEvent, latency.Due()));
            if (_waiting.Count == 1)
            {
                Signal();
            }

            return true;
        }
    }

    public void Interrupt()
    {
        lock (_gate)
        {
            if (_hasEnded || _isInterrupted)
            {
                return;
            }

            // One that follows before the reader has heard the end of the last is the same one to it: so a client that does not
            // read is not flooded with them.
            if (_interruption == Interruption.None)
            {
                _interruption = Interruption.Untold;
                _readBeforeInterruption = CountArrived();
                Signal();
            }

            _isInterrupted = true;
        }
    }

    public void Resume()
    {
        lock (_gate)
        {
            if (!_hasEnded)
            {
                _isInterrupted = false;
                Signal();
            }
        }
    }

    /// <summary>Ends the events. The first end counts.</summary>
    /// <param name="error">What the reader gets at the end; null: a normal end.</param>
    /// <param name="rest">What it can still read before.</param>
    public void End(Exception? error, Rest rest)
    {
        lock (_gate)
        {
            if (!_hasEnded)
            {
                _hasEnded = true;
                _error = error;
            }

            if (rest == Rest.Dropped)
            {
                Keep(0);
            }
            else if (rest == Rest.Arrived || _isInterrupted)
            {
                Keep(CountArrived());
            }

            Signal();
        }
    }

    public async IAsyncEnumerable<RoomEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RoomEvent? next;
            long? due;
            Task change;
            lock (_gate)
            {
                if (TryTakeNext(out next, out due))
                {
                    change = Task.CompletedTask;
                }
                else if (_hasEnded && due is null)
                {
                    break;
                }
                else
                {
                    _change = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    change = _change.Task;
                }
            }

            if (next is not null)
            {
                yield return next;
            }
            else if (due is { } time)
            {
                await latency.WaitAsync(time, change, cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
            }
            else
            {
                await DeterministicContext.Follow(change).WaitAsync(cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
            }
        }

        if (_error is not null)
        {
            throw _error;
        }
    }

    /// <summary>Takes what the reader gets next; else says when the next event is due, if one is on its way and not held.</summary>
    private bool TryTakeNext(out RoomEvent? next, out long? due)
    {
        (next, due) = (null, null);
        switch (_interruption)
        {
            case Interruption.Untold when _readBeforeInterruption == 0:
                _interruption = Interruption.Told;
                next = new RoomEvent.Interrupted();
                break;

            case Interruption.Untold:
                _readBeforeInterruption--;
                next = _waiting.Dequeue().Event;
                break;

            case Interruption.Told when !_isInterrupted:
                _interruption = Interruption.None;
                next = new RoomEvent.Resumed();
                break;

            case Interruption.None when _waiting.TryPeek(out Arrival first):
                if (latency.IsOver(first.Due))
                {
                    next = _waiting.Dequeue().Event;
                }
                else
                {
                    due = first.Due;
                }

                break;
        }

        return next is not null;
    }

    private int CountArrived() => _isInterrupted ? _readBeforeInterruption : _waiting.Count(arrival => latency.IsOver(arrival.Due));

    private void Keep(int count)
    {
        _waiting = new Queue<Arrival>(_waiting.Take(count));
        _readBeforeInterruption = Math.Min(_readBeforeInterruption, count);
    }

    private void Signal()
    {
        _change?.TrySetResult();
        _change = null;
    }

    private readonly record struct Arrival(RoomEvent Event, long Due);
}
