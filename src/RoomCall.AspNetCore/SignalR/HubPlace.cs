using Microsoft.AspNetCore.SignalR;

namespace RoomCall.AspNetCore;

/// <summary>What one stream takes up of its connection: the place of a stay until the server has ended that, and room of the server's until
/// both directions are over, which a client that does not read may put off.</summary>
internal sealed class HubPlace
{
    private readonly StreamCount _count;
    private int _holders = 1;
    private int _hasLeft;
    private int _isFree;

    private HubPlace(StreamCount count) => _count = count;

    /// <summary>Takes a place.</summary>
    /// <param name="caller">The connection.</param>
    /// <param name="most">How many stays it may have.</param>
    /// <param name="isStopping">Whether the server stops.</param>
    /// <returns>The place, held once; null: there is none.</returns>
    public static HubPlace? TryTake(HubCallerContext caller, int most, bool isStopping = false)
    {
        StreamCount count = StreamCount.Of(caller, isStopping);
        return count.TryAdd(most) ? new HubPlace(count) : null;
    }

    /// <summary>Whether the first stream of the connection came while the server stopped.</summary>
    public bool IsOfLateConnection => _count.IsLate;

    /// <summary>The stay is over for the server: another may begin.</summary>
    public void Leave()
    {
        if (Interlocked.Exchange(ref _hasLeft, 1) == 0)
            _count.RemoveStay();
    }

    /// <summary>One more direction of the stream is under way.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>One direction of the stream is over.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) > 0 || Interlocked.Exchange(ref _isFree, 1) != 0)
            return;

        Leave();
        _count.RemoveStream();
    }

    private sealed class StreamCount(bool isLate)
    {
        private readonly Lock _gate = new();
        private int _stays;
        private int _streams;

        public bool IsLate => isLate;

        public static StreamCount Of(HubCallerContext caller, bool isLate)
        {
            lock (caller.Items)
            {
                if (caller.Items.TryGetValue(typeof(StreamCount), out object? count))
                    return (StreamCount)count!;

                StreamCount first = new(isLate);
                caller.Items.Add(typeof(StreamCount), first);
                return first;
            }
        }

        public bool TryAdd(int most)
        {
            lock (_gate)
            {
                // As many again may be on their way out.
                if (_stays >= most || _streams >= 2 * most)
                    return false;

                _stays++;
                _streams++;
                return true;
            }
        }

        public void RemoveStay()
        {
            lock (_gate)
            {
                _stays--;
            }
        }

        public void RemoveStream()
        {
            lock (_gate)
            {
                _streams--;
            }
        }
    }
}
