namespace RoomCall.Server.Tests.Signaling;

/// <summary>A clock whose timers run when the test says so, also those that were stopped: as one whose callback had begun to run and got
/// no further.</summary>
internal sealed class LateTimers : TimeProvider
{
    private readonly List<Action> _callbacks = [];

    public int Count => _callbacks.Count;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _callbacks.Add(() => callback(state));
        return new Stopped();
    }

    /// <summary>Runs the timer that was made as the nth, from 0 on.</summary>
    public void Run(int timer) => _callbacks[timer]();

    private sealed class Stopped : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
