namespace RoomCall.Signaling.Links;

/// <summary>How a <see cref="ResumingSignaler"/> behaves. Checked and copied when the signaler is made.</summary>
public sealed record ResumingSignalerOptions
{
    /// <summary>What the others in the room are told that this peer is called, 1 to 64 characters; null: nothing.
    /// <value>Default: null.</value></summary>
    public string? Name { get; init; }

    /// <summary>How many messages may wait for the server's acknowledgement before sending waits, 64 to 1,000,000. The server acknowledges
    /// 32 at once. <value>Default: 1,024.</value></summary>
    public int SendBufferMessages { get; init; } = 1024;

    /// <summary>How many bytes of messages may wait so, 128 KiB to 1 GiB; the last one may go above it. <value>Default: 1 MiB.</value></summary>
    public int SendBufferBytes { get; init; } = 1024 * 1024;

    /// <summary>How many events may wait to be read before the link is read no further, 1 to 1,000,000. <value>Default: 256.</value></summary>
    public int ReceiveBufferEvents { get; init; } = 256;

    /// <summary>How many bytes of events may wait so, 1 to 1 GiB; the last one may go above it. <value>Default: 1 MiB.</value></summary>
    public int ReceiveBufferBytes { get; init; } = 1024 * 1024;

    /// <summary>How long the server may take to answer the first frame of a link, more than zero, at most one hour; then the link counts as
    /// lost. <value>Default: 10 s.</value></summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After how long a silence the server is asked whether it is there, more than zero, at most one hour;
    /// <see cref="Timeout.InfiniteTimeSpan"/>: never, for a transport with a heartbeat of its own.
    /// <value>Default: <see cref="Timeout.InfiniteTimeSpan"/>.</value></summary>
    public TimeSpan PingInterval { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How long it may take to answer that, more than zero, at most one hour; then the link counts as lost.
    /// <value>Default: 4 s.</value></summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>When a lost link is made again, and when no more. <value>Default: <see cref="ExponentialBackoff"/> with its
    /// defaults.</value></summary>
    public IReconnectPolicy Reconnect { get; init; } = new ExponentialBackoff();

    internal ResumingSignalerOptions Checked()
    {
        if (Name is not null)
        {
            Range(Name.Length, 1, 64, nameof(Name));
        }

        Range(SendBufferMessages, 64, 1_000_000, nameof(SendBufferMessages));
        Range(SendBufferBytes, 128 * 1024, 1024 * 1024 * 1024, nameof(SendBufferBytes));
        Range(ReceiveBufferEvents, 1, 1_000_000, nameof(ReceiveBufferEvents));
        Range(ReceiveBufferBytes, 1, 1024 * 1024 * 1024, nameof(ReceiveBufferBytes));
        Duration(AnswerTimeout, nameof(AnswerTimeout));
        if (PingInterval != Timeout.InfiniteTimeSpan)
        {
            Duration(PingInterval, nameof(PingInterval));
        }

        Duration(PingTimeout, nameof(PingTimeout));
        ArgumentNullException.ThrowIfNull(Reconnect);
        (Reconnect as ExponentialBackoff)?.Checked();
        return this with { };
    }

    private static void Range(int value, int least, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }

    private static void Duration(TimeSpan value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromHours(1), name);
    }
}
