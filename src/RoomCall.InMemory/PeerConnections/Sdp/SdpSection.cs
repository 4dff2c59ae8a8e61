namespace RoomCall.InMemory;

/// <summary>One m-section: a track that may flow, or all data channels together.</summary>
internal sealed record SdpSection(string Media, string Mid)
{
    public const string Audio = "audio";
    public const string Video = "video";
    public const string Application = "application";

    /// <summary>Whether the port is zero: the section is refused or no longer used.</summary>
    public bool IsRejected { get; init; }

    public SdpDirection Direction { get; init; } = SdpDirection.SendRecv;

    /// <summary>The stream and the track of <c>a=msid</c> (RFC 8830), or null.</summary>
    public string? StreamId { get; init; }

    public string? TrackId { get; init; }

    /// <summary>What followed the port in the m-line, kept where the media is unknown, so that an answer can repeat it.</summary>
    public string? UnknownFormat { get; init; }

    /// <summary>In a local description: what sends on this section.</summary>
    public TrackSender? Sender { get; init; }

    public bool IsApplication => Media == Application && UnknownFormat is null;

    public bool IsMedia => Media is Audio or Video;
}
