using RoomCall.Media;
using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>Reads what the remote peer sent, before SIPSorcery does: it changes its state first and looks whether it can read it then.</summary>
internal static class RemoteSdp
{
    private const string DataChannels = "webrtc-datachannel";

    /// <summary>Reads a description.</summary>
    /// <param name="sdp">The text.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="FormatException">It cannot be read, or lacks what a connection needs. The message quotes nothing of it.</exception>
    public static SDP Read(string sdp)
    {
        if (sdp is null || !sdp.StartsWith("v=0", StringComparison.Ordinal))
            throw new FormatException("The remote description is no SDP.");

        SDP parsed = Parse(sdp) ?? throw new FormatException("The remote description is no SDP.");
        if (parsed.Media.Count == 0)
            throw new FormatException("The remote description has no m-line.");
        if (!Any(parsed, parsed.IceUfrag, static section => section.IceUfrag) || !Any(parsed, parsed.IcePwd, static section => section.IcePwd))
            throw new FormatException("The remote description has no ICE credentials (a=ice-ufrag, a=ice-pwd).");

        string? fingerprint = parsed.DtlsFingerprint
            ?? parsed.Media.Select(static section => section.DtlsFingerprint).FirstOrDefault(static told => told is not null);
        if (!RTCDtlsFingerprint.TryParse(fingerprint?.Trim().ToLowerInvariant(), out _))
            throw new FormatException("The remote description has no fingerprint of a known hash function (a=fingerprint).");

        foreach (SDPMediaAnnouncement section in parsed.Media)
        {
            bool isOverSctp = section.Transport is "UDP/DTLS/SCTP" or "DTLS/SCTP";
            bool isForChannels = section.ApplicationMediaFormats.Keys.FirstOrDefault() == DataChannels;
            if (section.Media == SDPMediaTypesEnum.application && !(isOverSctp && isForChannels))
            {
                throw new FormatException("The remote description offers data channels over a transport that is not SCTP over DTLS.");
            }
        }

        return parsed;
    }

    /// <summary>The largest message that the remote peer takes (RFC 8841, section 6.1).</summary>
    /// <param name="sdp">Its description.</param>
    /// <returns>Bytes; 64 KiB where it says nothing, or nonsense.</returns>
    public static long MaxMessageSize(SDP sdp)
    {
        SDPMediaAnnouncement? section = sdp.Media.FirstOrDefault(static section => section.Media == SDPMediaTypesEnum.application);
        return section is { MaxMessageSize: > 0 } ? section.MaxMessageSize : 65_536;
    }

    /// <summary>Takes the candidates out of a description, to be added one by one: SIPSorcery takes those in it unseen.</summary>
    /// <param name="sdp">The text.</param>
    /// <returns>The text without them, and them, for the first m-line that is not rejected.</returns>
    /// <exception cref="FormatException">One of them cannot be read.</exception>
    public static (string Sdp, IReadOnlyList<string> Candidates) WithoutCandidates(string sdp)
    {
        const string attribute = "a=candidate:";
        string[] lines = sdp.Split('\n');
        string[] candidates = [.. lines.Where(IsCandidate).Select(static line => line[2..].Trim())];
        foreach (string candidate in candidates)
            CandidateText.Read(candidate);
        return (string.Join('\n', lines.Where(static line => !IsCandidate(line))), candidates);

        static bool IsCandidate(string line) => line.StartsWith(attribute, StringComparison.Ordinal);
    }

    /// <summary>The payload types of each section of audio and video, most wanted first (RFC 3264, section 5.1).</summary>
    /// <param name="sdp">The text, which <see cref="Read"/> could read.</param>
    public static IEnumerable<(MediaKind Kind, string[] Formats)> WantedFormats(string sdp)
    {
        foreach (string line in sdp.Split('\n'))
        {
            if (!line.StartsWith("m=audio", StringComparison.Ordinal) && !line.StartsWith("m=video", StringComparison.Ordinal))
                continue;

            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            MediaKind kind = line.StartsWith("m=audio", StringComparison.Ordinal) ? MediaKind.Audio : MediaKind.Video;
            yield return (kind, fields.Length > 3 ? fields[3..] : []);
        }
    }

    private static SDP? Parse(string sdp)
    {
        try
        {
            return SDP.ParseSDPDescription(sdp);
        }
        catch (Exception)
        {
            // Whatever the parser trips over; what it says quotes the text.
            return null;
        }
    }

    private static bool Any(SDP sdp, string? ofSession, Func<SDPMediaAnnouncement, string?> ofSection) =>
        !string.IsNullOrEmpty(ofSession) || sdp.Media.Any(section => !string.IsNullOrEmpty(ofSection(section)));
}
