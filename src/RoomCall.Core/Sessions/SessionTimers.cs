namespace RoomCall;

/// <summary>The running timers of a session, at most one a slot. Used by the session's loop alone.</summary>
internal sealed class SessionTimers(CallTimeouts timeouts, TimeProvider timeProvider, Action<CallInput> post)
{
    private readonly ITimer?[] _timers = new ITimer?[FlowTimerSlots.Count];

    public void Start(FlowTimer timer, int number)
    {
        int slot = (int)timer.Slot();
        Stop(timer.Slot());
        TimeSpan due = Duration(timer);
        if (due != Timeout.InfiniteTimeSpan)
        {
            // The input names its timer, so one that elapses while it is stopped can be told from its successor.
            CallInput elapsed = new CallInput.TimerElapsed(timer, number);
            _timers[slot] = timeProvider.CreateTimer(_ => post(elapsed), null, due, Timeout.InfiniteTimeSpan);
        }
    }

    public void Stop(FlowTimerSlot slot)
    {
        _timers[(int)slot]?.Dispose();
        _timers[(int)slot] = null;
    }

    public void StopAll()
    {
        for (int slot = 0; slot < FlowTimerSlots.Count; slot++)
        {
            Stop((FlowTimerSlot)slot);
        }
    }

    private TimeSpan Duration(FlowTimer timer) => timer switch
    {
        FlowTimer.Join => timeouts.Join,
        FlowTimer.Wait => timeouts.Wait,
        FlowTimer.Media => timeouts.Media,
        FlowTimer.RemoteMedia => Sum(timeouts.Media, timeouts.Negotiation),
        FlowTimer.Negotiation => timeouts.Negotiation,
        FlowTimer.Connection => timeouts.Connection,
        FlowTimer.DataChannel => timeouts.DataChannel,
        FlowTimer.Disconnected => timeouts.Disconnected,
        FlowTimer.Recovery => timeouts.Recovery,
        FlowTimer.Signaling => timeouts.Signaling,
        FlowTimer.HangUp => timeouts.HangUp,
        _ => throw new ArgumentOutOfRangeException(nameof(timer)),
    };

    private static TimeSpan Sum(TimeSpan one, TimeSpan other) =>
        one == Timeout.InfiniteTimeSpan || other == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan : one + other;
}
