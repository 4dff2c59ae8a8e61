namespace RoomCall.Conformance;

/// <summary>All that a session tells, in order, for a test to look at and to wait on.</summary>
public sealed class CallLog
{
    private readonly Lock _gate = new();
    private readonly List<CallEvent> _events = [];
    private readonly List<CallState> _states = [];
    private readonly List<(Func<CallEvent, bool> Fits, TaskCompletionSource<CallEvent> Seen)> _waits = [];

    public CallLog(ICallSession session)
    {
        session.States.Subscribe(OnState);
        session.Events.Subscribe(OnEvent);
    }

    public IReadOnlyList<CallEvent> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    public IReadOnlyList<CallState> States
    {
        get
        {
            lock (_gate)
            {
                return [.. _states];
            }
        }
    }

    /// <summary>The kinds of messages that were sent, in order.</summary>
    public IEnumerable<SignalKind> Sent => Events.OfType<CallEvent.SignalSent>().Select(sent => sent.Kind);

    public IEnumerable<SignalKind> Received => Events.OfType<CallEvent.SignalReceived>().Select(received => received.Kind);

    public IEnumerable<SignalDropCode> Dropped => Events.OfType<CallEvent.SignalDropped>().Select(dropped => dropped.Code);

    /// <summary>Waits for an event, which may have come already.</summary>
    public async Task<T> SawAsync<T>(Func<T, bool>? fits = null)
        where T : CallEvent
    {
        bool Fits(CallEvent callEvent) => callEvent is T wanted && (fits is null || fits(wanted));
        TaskCompletionSource<CallEvent> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_events.Find(Fits) is { } past)
            {
                return (T)past;
            }

            _waits.Add((Fits, seen));
        }

        return (T)await seen.Task.Soon();
    }

    private void OnState(CallState state)
    {
        lock (_gate)
        {
            _states.Add(state);
        }
    }

    private void OnEvent(CallEvent callEvent)
    {
        lock (_gate)
        {
            _events.Add(callEvent);
            foreach ((Func<CallEvent, bool> fits, TaskCompletionSource<CallEvent> seen) in _waits)
            {
                if (fits(callEvent))
                {
                    seen.TrySetResult(callEvent);
                }
            }
        }
    }
}
