namespace RoomCall.Signaling.Links;

/// <summary>The deadlines of one link: the answer to its first frame, the answer to a ping, and the end of one that is closing or broken.</summary>
/// <param name="options">How long each may take.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="ping">Asks the server whether it is there.</param>
/// <param name="drop">Drops the link.</param>
internal sealed class LinkWatch(ResumingSignalerOptions options, TimeProvider timeProvider, Action ping, Action<Exception> drop) : IDisposable
{
    // A server that is there closes at once when it is told to, and what it said before a link broke has come by then.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    // No timer is finer, and one that is asked for less goes round and round.
    private static readonly TimeSpan Finest = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private Phase _phase;
    private Exception? _error;
    private long _heardAt;
    private long _heardWhenAsked;
    private volatile bool _isPaused;

    private enum Phase
    {
        Answering,
        Quiet,
        Pinging,
        Ending,
    }

    /// <summary>Whether the link is not read, because the reader of the events is behind: then its silence says nothing.</summary>
    public bool IsPaused
    {
        get => _isPaused;
        set => _isPaused = value;
    }

    public void Start()
    {
        lock (_gate)
        {
            // It may be ending already.
            TimeSpan due = _phase == Phase.Ending ? LastWords : options.AnswerTimeout;
            _timer = timeProvider.CreateTimer(static watch => ((LinkWatch)watch!).OnDue(), this, due, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>A frame has come.</summary>
    public void Heard() => Volatile.Write(ref _heardAt, timeProvider.GetTimestamp());

    /// <summary>The server has answered the first frame.</summary>
    public void Answered() => Go(Phase.Quiet, options.PingInterval);

    /// <summary>The link is about to end: it gets a moment for what it still says.</summary>
    public void EndSoon(Exception error)
    {
        lock (_gate)
        {
            _error ??= error;
        }

        Go(Phase.Ending, LastWords);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    private void OnDue()
    {
        Exception? error = null;
        bool isPingDue = false;
        lock (_gate)
        {
            switch (_phase)
            {
                case Phase.Ending:
                    error = _error;
                    break;

                case Phase.Answering:
                    error = SignalingLoss.NoAnswer(options.AnswerTimeout);
                    break;

                case Phase.Pinging when !IsPaused && Volatile.Read(ref _heardAt) == _heardWhenAsked:
                    error = SignalingLoss.NoAnswer(options.PingTimeout);
                    break;

                default:
                    isPingDue = IsPingDue(out TimeSpan rest);
                    Go(isPingDue ? Phase.Pinging : Phase.Quiet, rest);
                    break;
            }
        }

        // Outside of the lock, since both call into the link.
        if (error is not null)
        {
            drop(error);
        }
        else if (isPingDue)
        {
            ping();
        }
    }

    /// <summary>Whether the silence has been long enough.</summary>
    /// <param name="rest">When to look again.</param>
    private bool IsPingDue(out TimeSpan rest)
    {
        _heardWhenAsked = Volatile.Read(ref _heardAt);
        rest = options.PingInterval;
        if (IsPaused)
        {
            return false;
        }

        TimeSpan silence = timeProvider.GetElapsedTime(_heardWhenAsked);
        bool isDue = silence >= options.PingInterval;
        rest = isDue ? options.PingTimeout : options.PingInterval - silence;
        if (rest < Finest)
        {
            rest = Finest;
        }

        return isDue;
    }

    private void Go(Phase phase, TimeSpan due)
    {
        lock (_gate)
        {
            // Nothing comes after the end.
            if (_phase != Phase.Ending || phase == Phase.Ending)
            {
                _phase = phase;
                _timer?.Change(due, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
