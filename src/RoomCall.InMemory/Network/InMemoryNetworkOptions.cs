namespace RoomCall.InMemory;

/// <summary>How an <see cref="InMemoryNetwork"/> carries packets. All times are of the network's <see cref="TimeProvider"/>.</summary>
public sealed record InMemoryNetworkOptions
{
    /// <summary>How long a packet travels one way, zero to one hour. Zero delivers on the sender's thread, with no timer.
    /// <value>Default: zero.</value></summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The most that chance adds to <see cref="Latency"/> for each packet, zero to one hour. Ordered channels stay in order;
    /// messages of unordered ones may overtake each other. <value>Default: zero.</value></summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>The share of data packets (channel messages and media frames) that is lost, 0 to 1. A reliable channel sends again after
    /// <see cref="RetransmissionDelay"/> until the message arrives, which at 1 is never. What brings a connection up is never lost by chance.
    /// <value>Default: 0.</value></summary>
    public double Loss { get; init; }

    /// <summary>How long a sender waits before it sends a lost message again, beside the round-trip time; above zero, at most one hour.
    /// <value>Default: 50 ms.</value></summary>
    public TimeSpan RetransmissionDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Where every random choice of the network begins: the same seed and the same order of calls give the same trace.
    /// <value>Default: 0.</value></summary>
    public int Seed { get; init; }

    /// <summary>How long both descriptions may be applied without the connection coming up, before it is failed; above zero, at most one day.
    /// <value>Default: 15 s.</value></summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long no packet must have come through before a connected connection is disconnected (RFC 7675); above zero, at most one
    /// day. <value>Default: 5 s.</value></summary>
    public TimeSpan DisconnectedAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection may be disconnected before it is failed; above zero, at most one day. <value>Default: 25 s.</value></summary>
    public TimeSpan FailedAfter { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>Whether packets need neither time nor luck.</summary>
    internal bool IsInstant => Latency == TimeSpan.Zero && Jitter == TimeSpan.Zero && Loss == 0;

    /// <summary>Checks every value against its range.</summary>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    internal InMemoryNetworkOptions Validated()
    {
        TimeSpan hour = TimeSpan.FromHours(1);
        InRange(Latency, TimeSpan.Zero, hour, nameof(Latency));
        InRange(Jitter, TimeSpan.Zero, hour, nameof(Jitter));
        InRange(RetransmissionDelay, TimeSpan.FromTicks(1), hour, nameof(RetransmissionDelay));
        InRange(ConnectTimeout, TimeSpan.FromTicks(1), TimeSpan.FromDays(1), nameof(ConnectTimeout));
        InRange(DisconnectedAfter, TimeSpan.FromTicks(1), TimeSpan.FromDays(1), nameof(DisconnectedAfter));
        InRange(FailedAfter, TimeSpan.FromTicks(1), TimeSpan.FromDays(1), nameof(FailedAfter));
        return Loss is >= 0 and <= 1
            ? this
            : throw new ArgumentOutOfRangeException(nameof(Loss), Loss, "Loss is a share: give 0 (nothing is lost) to 1 (everything is).");
    }

    private static void InRange(TimeSpan value, TimeSpan least, TimeSpan most, string name)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must lie between {least} and {most}.");
    }
}
