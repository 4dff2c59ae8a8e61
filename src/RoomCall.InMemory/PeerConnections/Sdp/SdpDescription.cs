namespace RoomCall.InMemory;

/// <summary>What matters of an SDP text: who the peer is, and what flows. The text itself is not kept.</summary>
internal sealed record SdpDescription(IReadOnlyList<SdpSection> Sections)
{
    public long SessionId { get; init; }

    public long Version { get; init; }

    /// <summary>Null only where there is no section.</summary>
    public IceCredentials? Ice { get; init; }

    public Fingerprint Fingerprint { get; init; }

    public DtlsSetup Setup { get; init; }

    /// <summary>The largest message its writer takes; zero: any size (RFC 8841, section 6.1).</summary>
    public long MaxMessageSize { get; init; } = DefaultMaxMessageSize;

    /// <summary>What holds where the attribute is missing (RFC 8841, section 6.1).</summary>
    public const long DefaultMaxMessageSize = 65536;

    public SdpSection? Application
    {
        get
        {
            foreach (SdpSection section in Sections)
                if (section is { IsApplication: true, IsRejected: false })
                    return section;
            return null;
        }
    }

    /// <summary>Whether something is left to connect for.</summary>
    public bool HasTransport
    {
        get
        {
            foreach (SdpSection section in Sections)
                if (!section.IsRejected)
                    return true;
            return false;
        }
    }
}
