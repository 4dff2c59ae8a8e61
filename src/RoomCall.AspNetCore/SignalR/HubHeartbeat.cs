namespace RoomCall.AspNetCore;

/// <summary>Notices that a client is gone, as the heartbeat of a WebSocket does: SignalR's own waits for what the client's library sends by
/// itself, which a page in the background may not get to for minutes.</summary>
internal sealed class HubHeartbeat : IDisposable
{
    private readonly TimeSpan _interval;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly Action _ask;
    private readonly Action _onGone;
    private readonly ITimer _timer;
    private long _heardAt;
    private long? _heardWhenAsked;
    private volatile bool _isPaused;

    /// <summary>Begins.</summary>
    /// <param name="interval">After how long a silence the client is asked.</param>
    /// <param name="timeout">How long its answer may take.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="ask">Asks the client whether it is there.</param>
    /// <param name="onGone">Called once when it does not answer.</param>
    public HubHeartbeat(TimeSpan interval, TimeSpan timeout, TimeProvider timeProvider, Action ask, Action onGone)
    {
        (_interval, _timeout, _time, _ask, _onGone) = (interval, timeout, timeProvider, ask, onGone);
        _heardAt = timeProvider.GetTimestamp();
        _timer = timeProvider.CreateTimer(static self => ((HubHeartbeat)self!).OnDue(), this, interval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether nothing is read of the client, so that its silence says nothing.</summary>
    public bool IsPaused
    {
        set => _isPaused = value;
    }

    /// <summary>Something came.</summary>
    public void Heard() => Volatile.Write(ref _heardAt, _time.GetTimestamp());

    public void Dispose() => _timer.Dispose();

    private void OnDue()
    {
        long heardAt = Volatile.Read(ref _heardAt);
        TimeSpan silence = _time.GetElapsedTime(heardAt);
        if (_isPaused || silence < _interval)
        {
            Look(_isPaused ? _interval : _interval - silence);
        }
        else if (_heardWhenAsked != heardAt)
        {
            _heardWhenAsked = heardAt;
            Look(_timeout);
            _ask();
        }
        else
        {
            _onGone();
        }
    }

    private void Look(TimeSpan due) => _timer.Change(due, Timeout.InfiniteTimeSpan);
}
