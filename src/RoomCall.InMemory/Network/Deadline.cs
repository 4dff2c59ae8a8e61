namespace RoomCall.InMemory;

/// <summary>One time-out of a connection that is set, moved and cleared under the connection's lock, while its timer is touched by the
/// <see cref="Trampoline"/> only, with no lock held. One that is cleared before the trampoline came to it costs no timer.</summary>
internal sealed class Deadline(TimeProvider time, InMemoryPeerConnection owner) : IReadyWork
{
    private readonly Lock _runGate = new();
    private TimeSpan _delay = Timeout.InfiniteTimeSpan;
    private int _version;
    private int _applied;
    private ITimer? _timer;

    /// <summary>Whether the deadline is set and has not been cleared.</summary>
    public bool IsSet => _delay != Timeout.InfiniteTimeSpan;

    /// <summary>Sets the deadline anew; infinite clears it. Called under the connection's lock.</summary>
    public void Set(TimeSpan delay)
    {
        _delay = delay;
        Volatile.Write(ref _version, _version + 1);
        Trampoline.Add(this);
    }

    /// <summary>Clears the deadline. Called under the connection's lock.</summary>
    public void Clear()
    {
        if (IsSet) Set(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether an expiry that was posted is of the deadline as it stands now. Called under the connection's lock.</summary>
    public bool Expires(int version) => version == _version && IsSet;

    public int Run(int budget)
    {
        lock (_runGate)
        {
            int version;
            TimeSpan delay;
            using (owner.Enter())
            {
                version = _version;
                delay = _delay;
            }

            if (version == _applied) return budget;
            _applied = version;
            _timer?.Dispose();
            _timer = delay == Timeout.InfiniteTimeSpan
                ? null
                : time.CreateTimer(OnTimer, (this, version), delay, Timeout.InfiniteTimeSpan);
        }

        return budget;
    }

    private static void OnTimer(object? state)
    {
        (Deadline deadline, int version) = ((Deadline, int))state!;
        deadline.PostExpiry(version);
        Trampoline.Run();
    }

    private void PostExpiry(int version) =>
        owner.Inbox.Post(static (connection, argument) => connection.OnDeadline((int)argument!), version);
}
