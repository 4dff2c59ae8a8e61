namespace RoomCall.Server;

/// <summary>What a <see cref="SignalingServer"/> allows its clients. Checked and copied when the server is made.</summary>
public class SignalingServerOptions
{
    /// <summary>How long a peer's name may be, in UTF-16 units, 1 to 1,024. It follows the rules of a room's name. <value>Default: 64.</value></summary>
    public int MaxNameLength { get; set; } = 64;

    /// <summary>How many frames of any kind a connection may send in a second on average, 1 to 1,000,000; one that sends more is let go.
    /// <value>Default: 400.</value></summary>
    public int MaxFramesPerSecond { get; set; } = 400;

    /// <summary>How many frames a connection may send at once after a silence, 1 to 1,000,000. <value>Default: 800.</value></summary>
    public int FrameBurst { get; set; } = 800;

    /// <summary>How many frames that are none a connection may send before it is let go, 0 to 1,000,000. <value>Default: 10.</value></summary>
    public int MaxMalformedFrames { get; set; } = 10;

    /// <summary>How many frames are kept for a client that is slow, away, or does not acknowledge, 64 to 1,000,000; above it the client
    /// is let go. A client may wait with its acknowledgement for 32 frames. <value>Default: 1,024.</value></summary>
    public int MaxQueuedFrames { get; set; } = 1024;

    /// <summary>How many bytes are kept for such a client, 256 KiB to 1 GiB; one frame is always kept. A client may wait with its
    /// acknowledgement for 64 KiB. <value>Default: 1 MiB.</value></summary>
    public int MaxQueuedBytes { get; set; } = 1024 * 1024;

    /// <summary>How long a connection may take to ask for a room, more than zero and at most one hour. <value>Default: 10 s.</value></summary>
    public TimeSpan JoinTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a seat is kept for a client whose connection was lost, one second to one hour, or zero: not at all. For one that asked
    /// with its request and was not heard since, 3 seconds at most: it may have given up connecting.
    /// <value>Default: 15 s.</value></summary>
    public TimeSpan ResumeTime { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a client that is let go may take to read what it is sent last, more than zero and at most one minute; then the
    /// connection is cut. <value>Default: 5 s.</value></summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What is wrong with the options, a sentence for each; empty when all is well.</summary>
    /// <returns>The sentences; each names its property.</returns>
    public virtual IEnumerable<string> FindFaults()
    {
        if (MaxNameLength is < 1 or > 1024)
            yield return Range(nameof(MaxNameLength), "1", "1024");
        if (MaxFramesPerSecond is < 1 or > 1_000_000)
            yield return Range(nameof(MaxFramesPerSecond), "1", "1,000,000");
        if (FrameBurst is < 1 or > 1_000_000)
            yield return Range(nameof(FrameBurst), "1", "1,000,000");
        if (MaxMalformedFrames is < 0 or > 1_000_000)
            yield return Range(nameof(MaxMalformedFrames), "0", "1,000,000");
        if (MaxQueuedFrames is < 64 or > 1_000_000)
            yield return Range(nameof(MaxQueuedFrames), "64", "1,000,000");
        if (MaxQueuedBytes is < 256 * 1024 or > 1024 * 1024 * 1024)
            yield return Range(nameof(MaxQueuedBytes), "256 KiB", "1 GiB");
        if (JoinTimeout <= TimeSpan.Zero || JoinTimeout > TimeSpan.FromHours(1))
            yield return $"Set {nameof(JoinTimeout)} to more than zero and at most one hour.";
        if (ResumeTime != TimeSpan.Zero && (ResumeTime < TimeSpan.FromSeconds(1) || ResumeTime > TimeSpan.FromHours(1)))
            yield return $"Set {nameof(ResumeTime)} to zero, or to one second at least and one hour at most.";
        if (CloseTimeout <= TimeSpan.Zero || CloseTimeout > TimeSpan.FromMinutes(1))
            yield return $"Set {nameof(CloseTimeout)} to more than zero and at most one minute.";
    }

    /// <summary>The sentence for a property that is out of its range.</summary>
    /// <param name="property">Its name.</param>
    /// <param name="least">The least value.</param>
    /// <param name="most">The largest value.</param>
    protected static string Range(string property, string least, string most) => $"Set {property} to {least} at least and {most} at most.";

    internal SignalingServerOptions Checked()
    {
        string faults = string.Join(' ', FindFaults());
        return faults.Length == 0
            ? (SignalingServerOptions)MemberwiseClone()
            : throw new ArgumentException(faults);
    }
}
