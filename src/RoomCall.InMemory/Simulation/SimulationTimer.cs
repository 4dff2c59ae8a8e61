namespace RoomCall.InMemory;

/// <summary>A timer of a <see cref="SimulationTime"/>. One that was stopped or changed before its turn came does not elapse.</summary>
internal sealed class SimulationTimer(SimulationTime time, TimerCallback callback, object? state) : ITimer
{
    private readonly ExecutionContext? _caller = ExecutionContext.Capture();
    private TimeSpan _period;
    private int _version;
    private bool _isRunning;
    private bool _isDisposed;

    public bool IsRunning(int version) => _isRunning && version == _version;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_isDisposed) return false;
        _version++;
        _period = period;
        _isRunning = dueTime != Timeout.InfiniteTimeSpan;
        if (_isRunning) time.Start(this, _version, dueTime);
        return true;
    }

    public void Elapse(int version)
    {
        if (!IsRunning(version)) return;
        _isRunning = false;
        if (_period > TimeSpan.Zero) Change(_period, _period);
        if (_caller is null) callback(state);
        else ExecutionContext.Run(_caller, static timer => ((SimulationTimer)timer!).Call(), this);
    }

    public void Dispose()
    {
        _isDisposed = true;
        _isRunning = false;
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private void Call() => callback(state);
}
