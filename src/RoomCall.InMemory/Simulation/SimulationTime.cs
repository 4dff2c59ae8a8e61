namespace RoomCall.InMemory;

/// <summary>The clock of a simulation: it stands still while anything is ready, and then goes on to the next timer.</summary>
internal sealed class SimulationTime(SimulationContext context) : TimeProvider
{
    private static readonly DateTimeOffset Beginning = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<(SimulationTimer Timer, int Version), (long Due, long Order)> _timers = new();
    private long _order;

    /// <summary>The time since the beginning, in ticks of a <see cref="TimeSpan"/>.</summary>
    public long Now { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => Now;

    public override DateTimeOffset GetUtcNow() => Beginning.AddTicks(Now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        SimulationTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Has a timer elapse at its time; at once where that is now.</summary>
    public void Start(SimulationTimer timer, int version, TimeSpan due)
    {
        if (!context.CheckThread()) return;
        if (due <= TimeSpan.Zero)
        {
            context.Add(timer, version);
        }
        else
        {
            _timers.Enqueue((timer, version), (Now + due.Ticks, _order++));
        }
    }

    /// <summary>Goes on to the next moment at which timers elapse, and makes all of them ready.</summary>
    /// <param name="limit">The last moment to go to.</param>
    /// <returns>False where no timer runs; null where the next one lies beyond the limit.</returns>
    public bool? TryAdvance(long limit)
    {
        bool hasAdvanced = false;
        while (_timers.TryPeek(out (SimulationTimer Timer, int Version) next, out (long Due, long Order) key))
        {
            if (!next.Timer.IsRunning(next.Version))
            {
                _timers.Dequeue();
                continue;
            }

            if (hasAdvanced && key.Due > Now)
            {
                break;
            }

            if (key.Due > limit)
            {
                return null;
            }

            Now = key.Due;
            hasAdvanced = true;
            _timers.Dequeue();
            context.Add(next.Timer, next.Version);
        }

        return hasAdvanced;
    }
}
