using RoomCall.Scheduling;

namespace RoomCall.InMemory;

/// <summary>How long things are on their way, in the time of a clock.</summary>
internal sealed class Latency(TimeSpan oneWay, TimeProvider timeProvider)
{
    private readonly long _oneWay = (long)Math.Round(oneWay.TotalSeconds * timeProvider.TimestampFrequency);

    public bool IsZero => _oneWay == 0;

    /// <summary>When what sets out now arrives, for the other two methods.</summary>
    public long Due() => IsZero ? 0 : timeProvider.GetTimestamp() + _oneWay;

    public bool IsOver(long due) => IsZero || timeProvider.GetTimestamp() >= due;

    /// <summary>Waits until something is due, or until something else has happened, whichever comes first.</summary>
    public async ValueTask WaitAsync(long due, Task happening, CancellationToken cancellationToken)
    {
        TimeSpan remaining = timeProvider.GetElapsedTime(timeProvider.GetTimestamp(), due);
        if (remaining > TimeSpan.Zero)
        {
            // Timers count whole milliseconds and drop the rest: rounded up, so that nothing arrives early.
            TimeSpan wait = TimeSpan.FromMilliseconds(Math.Ceiling(remaining.TotalMilliseconds));
            Task waiting = DeterministicContext.Follow(happening).WaitAsync(wait, timeProvider, cancellationToken);
            await waiting.ConfigureAwait(DeterministicContext.IsCurrent
                ? ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
                : ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }
}
