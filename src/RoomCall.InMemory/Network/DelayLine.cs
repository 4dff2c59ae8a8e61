namespace RoomCall.InMemory;

/// <summary>The packets of one connection that are on their way: sorted by when they arrive, with one timer for the first.</summary>
/// <remarks>It is run by the <see cref="Trampoline"/> only, so a virtual clock that calls back while the timer is being set adds work
/// to the trampoline and does not run it under a lock.</remarks>
internal sealed class DelayLine(TimeProvider time) : IReadyWork
{
    private readonly PriorityQueue<Packet, (long Due, long Order)> _packets = new();
    private readonly Lock _runGate = new();
    private long _order;
    private ITimer? _timer;
    private bool _closed;

    private readonly record struct Packet(Inbox To, Action<InMemoryPeerConnection, object?> Handler, object? Argument, WorkKind Kind);

    /// <summary>Sends a packet on its way. The caller runs the <see cref="Trampoline"/> when it holds no lock any more.</summary>
    /// <param name="to">Where it arrives.</param>
    /// <param name="handler">What it does there.</param>
    /// <param name="argument">What it carries.</param>
    /// <param name="kind">How it is done there.</param>
    /// <param name="due">When it arrives, as a timestamp of the clock.</param>
    public void Send(Inbox to, Action<InMemoryPeerConnection, object?> handler, object? argument, WorkKind kind, long due)
    {
        lock (_packets)
        {
            _packets.Enqueue(new(to, handler, argument, kind), (due, _order++));
        }

        Trampoline.Add(this);
    }

    /// <summary>Says that nothing more will be sent: the timer goes when the last packet has arrived.</summary>
    public void Close()
    {
        Volatile.Write(ref _closed, true);
        Trampoline.Add(this);
    }

    public int Run(int budget)
    {
        lock (_runGate)
        {
            if (DeliverDue() is { } wait)
            {
                _timer ??= time.CreateTimer(OnTimer, this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _timer.Change(wait, Timeout.InfiniteTimeSpan);
            }
            else if (Volatile.Read(ref _closed))
            {
                _timer?.Dispose();
            }
        }

        return budget;
    }

    /// <summary>Hands over what is due, and says how long the next has to wait.</summary>
    private TimeSpan? DeliverDue()
    {
        lock (_packets)
        {
            while (_packets.TryPeek(out Packet packet, out (long Due, long Order) key))
            {
                long now = time.GetTimestamp();
                if (key.Due > now)
                {
                    // A timer takes whole milliseconds at the system clock: rounded up, so that it does not fire in vain.
                    return TimeSpan.FromMilliseconds(Math.Ceiling(time.GetElapsedTime(now, key.Due).TotalMilliseconds));
                }

                _packets.Dequeue();
                packet.To.Post(packet.Handler, packet.Argument, packet.Kind);
            }

            return null;
        }
    }

    private static void OnTimer(object? line)
    {
        Trampoline.Add((DelayLine)line!);
        Trampoline.Run();
    }
}
