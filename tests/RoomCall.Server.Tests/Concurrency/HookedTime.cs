namespace RoomCall.Server.Tests.Concurrency;

/// <summary>
/// The system's clock, that runs a hook each time it is read. The broker reads it between finding a room and taking its lock, and under
/// the lock when a message comes: the places where a race is decided.
/// </summary>
internal sealed class HookedTime : TimeProvider
{
    public Action? OnRead { get; set; }

    /// <summary>A clock that gives the processor away, so that tasks meet where they otherwise seldom would.</summary>
    public static HookedTime Yielding() => new() { OnRead = () => Thread.Yield() };

    public override long GetTimestamp()
    {
        OnRead?.Invoke();
        return base.GetTimestamp();
    }
}
