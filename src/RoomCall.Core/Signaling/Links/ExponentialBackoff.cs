namespace RoomCall.Signaling.Links;

/// <summary>Waits twice as long after each attempt, up to a bound, and each time a random part of it less, so that the clients of a server
/// that comes back do not come all at once. Checked when the signaler is made. Safe for concurrent use.</summary>
public sealed record ExponentialBackoff : IReconnectPolicy
{
    /// <summary>The wait before the first attempt, more than zero, at most one hour. <value>Default: 0.2 s.</value></summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>The longest wait, <see cref="First"/> to one hour. <value>Default: 5 s.</value></summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For how long after the loss attempts begin, zero or more; <see cref="Timeout.InfiniteTimeSpan"/>: always.
    /// <value>Default: 60 s.</value></summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where chance comes from; safe for concurrent use where the policy is. <value>Default: <see cref="Random.Shared"/>.</value></summary>
    public Random Random { get; init; } = Random.Shared;

    /// <inheritdoc/>
    /// <remarks>Half of the wait is fixed and half is random.</remarks>
    public TimeSpan? NextDelay(ReconnectAttempt attempt)
    {
        if (GiveUpAfter != Timeout.InfiniteTimeSpan && attempt.Elapsed >= GiveUpAfter)
        {
            return null;
        }

        // Not more than a bound that no wait reaches: a power of a large number is none.
        double doubled = First.TotalMilliseconds * Math.Pow(2, Math.Min(attempt.Number - 1, 30));
        double whole = Math.Min(doubled, Longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(whole * (0.5 + (Random.NextDouble() / 2)));
    }

    internal ExponentialBackoff Checked()
    {
        Check(First > TimeSpan.Zero && First <= TimeSpan.FromHours(1), nameof(First), "more than zero and at most one hour");
        Check(Longest >= First && Longest <= TimeSpan.FromHours(1), nameof(Longest), $"{nameof(First)} to one hour");
        Check(GiveUpAfter >= TimeSpan.Zero || GiveUpAfter == Timeout.InfiniteTimeSpan, nameof(GiveUpAfter), "zero or more, or Timeout.InfiniteTimeSpan");
        ArgumentNullException.ThrowIfNull(Random);
        return this;
    }

    private static void Check(bool isRight, string name, string range)
    {
        if (!isRight)
        {
            throw new ArgumentOutOfRangeException(name, $"{nameof(ExponentialBackoff)}.{name} must be {range}.");
        }
    }
}
