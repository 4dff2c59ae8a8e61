using System.Net;
using SIPSorceryMedia.Abstractions;

namespace RoomCall.SipSorcery;

/// <summary>How the SIPSorcery engine connects, and what it is ready to receive.</summary>
public sealed class SipSorceryOptions
{
    /// <summary>The local address that sockets are bound to; null: all, of which the one that the system routes by is told to the other side.
    /// <value>Default: null.</value></summary>
    public IPAddress? BindAddress { get; set; }

    /// <summary>Whether the addresses of all network interfaces are told to the other side, and not only the one that the system routes by.
    /// <value>Default: false.</value></summary>
    public bool IncludeAllInterfaces { get; set; }

    /// <summary>The lowest UDP port that is used, 1,024 to 65,532, together with <see cref="MaxPort"/>; null: the system chooses.
    /// A connection takes one port, with an even number: of a range, half are used. <value>Default: null.</value></summary>
    public int? MinPort { get; set; }

    /// <summary>The highest UDP port that is used, at least 3 above <see cref="MinPort"/> and at most 65,535; null: the system chooses.
    /// <value>Default: null.</value></summary>
    public int? MaxPort { get; set; }

    /// <summary>The audio codecs, most wanted first. A source sends in those of them that it can encode, or in its own where it can none; what is
    /// received is handed on as it was encoded. Empty: no audio is received. <value>Default: Opus, G.722, PCMU, PCMA.</value></summary>
    public IList<AudioFormat> AudioFormats { get; } =
    [
        AudioCommonlyUsedFormats.OpusWebRTC,
        new AudioFormat(SDPWellKnownMediaFormatsEnum.G722),
        new AudioFormat(SDPWellKnownMediaFormatsEnum.PCMU),
        new AudioFormat(SDPWellKnownMediaFormatsEnum.PCMA),
    ];

    /// <summary>The video codecs, most wanted first, as <see cref="AudioFormats"/>. <value>Default: VP8, H.264.</value></summary>
    public IList<VideoFormat> VideoFormats { get; } =
    [
        new VideoFormat(VideoCodecsEnum.VP8, 96),
        new VideoFormat(VideoCodecsEnum.H264, 102, parameters: "packetization-mode=1;profile-level-id=42e01f"),
    ];

    /// <summary>Whether what SIPSorcery logs goes to the application's loggers, in categories that begin with <c>SIPSorcery</c>. It has one place for
    /// the whole process: the latest engine's loggers get it. What it says holds addresses, and parts of what the other side sent, at any level.
    /// <value>Default: true.</value></summary>
    public bool BridgeLogs { get; set; } = true;

    /// <summary>What is out of its range, a sentence each.</summary>
    internal IEnumerable<string> Errors()
    {
        if (MinPort is null != MaxPort is null)
            yield return $"{nameof(MinPort)} and {nameof(MaxPort)} go together: set both, or none.";
        else if (MinPort is < 1024 or > 65_532)
            yield return $"{nameof(MinPort)} must be from 1,024 to 65,532.";
        else if (MaxPort < MinPort + 3 || MaxPort > 65_535)
            yield return $"{nameof(MaxPort)} must be at least 3 above {nameof(MinPort)}, and at most 65,535.";
    }

    internal SipSorceryOptions Copy()
    {
        SipSorceryOptions copy = new()
        {
            BindAddress = BindAddress,
            IncludeAllInterfaces = IncludeAllInterfaces,
            MinPort = MinPort,
            MaxPort = MaxPort,
            BridgeLogs = BridgeLogs,
        };
        copy.AudioFormats.Clear();
        copy.VideoFormats.Clear();
        foreach (AudioFormat format in AudioFormats)
            copy.AudioFormats.Add(format);
        foreach (VideoFormat format in VideoFormats)
            copy.VideoFormats.Add(format);
        return copy;
    }
}
