namespace RoomCall.InMemory;

/// <summary>How an <see cref="InMemorySignaler"/> behaves. Checked and copied when the signaler is made.</summary>
public sealed record InMemorySignalerOptions
{
    /// <summary>How long a message takes each way between a client and the server, zero to one hour. Order is kept and nothing is lost,
    /// as over TCP. <value>Default: zero.</value></summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How many events may be on their way to a client or wait for it to read, 2 to 1,000,000, because the answer to a join is
    /// two events; above it the server lets the client go as too slow. As many messages may be on their way to the server before sending
    /// waits. <value>Default: 1,024.</value></summary>
    public int QueueLimit { get; init; } = 1024;

    internal InMemorySignalerOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Latency, TimeSpan.Zero, nameof(Latency));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Latency, TimeSpan.FromHours(1), nameof(Latency));
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueLimit, 2, nameof(QueueLimit));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(QueueLimit, 1_000_000, nameof(QueueLimit));
        return this with { };
    }
}
