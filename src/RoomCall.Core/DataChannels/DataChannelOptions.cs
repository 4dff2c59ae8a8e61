namespace RoomCall.DataChannels;

/// <summary>How a data channel carries its messages. Source: W3C WebRTC, RTCDataChannelInit; RFC 8832.</summary>
public sealed record DataChannelOptions
{
    /// <summary>Ordered and reliable, as the book's channel is (row S18).</summary>
    public static DataChannelOptions Reliable { get; } = new();

    /// <summary>Whether messages arrive in the order they were sent. <value>Default: true.</value></summary>
    public bool Ordered { get; init; } = true;

    /// <summary>How often a lost message is sent again, 0 to 65,535; null: until it arrives.
    /// Not together with <see cref="MaxPacketLifeTime"/>. <value>Default: null.</value></summary>
    public int? MaxRetransmits { get; init; }

    /// <summary>How long a message may be tried, 0 to 65,535 ms; null: until it arrives.
    /// Not together with <see cref="MaxRetransmits"/>. <value>Default: null.</value></summary>
    public TimeSpan? MaxPacketLifeTime { get; init; }

    /// <summary>The name of the sub-protocol; at most 65,535 bytes of UTF-8. <value>Default: empty.</value></summary>
    public string Protocol { get; init; } = "";

    /// <summary>Whether every message arrives, however often it must be sent.</summary>
    public bool IsReliable => MaxRetransmits is null && MaxPacketLifeTime is null;
}
