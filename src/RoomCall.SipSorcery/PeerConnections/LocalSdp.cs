using System.Text;
using RoomCall.Media;
using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>What SIPSorcery's descriptions lack.</summary>
internal static class LocalSdp
{
    /// <summary>The identification of the first m-line.</summary>
    /// <param name="sdp">A local description.</param>
    /// <returns>The value of <c>a=mid</c>.</returns>
    public static string FirstMid(string sdp) => SDP.ParseSDPDescription(sdp)?.Media.FirstOrDefault()?.MediaID ?? "0";

    /// <summary>Completes the sections of audio and video. As text: what SIPSorcery writes, it reads with the codecs in another order.</summary>
    /// <param name="sdp">SIPSorcery's description.</param>
    /// <param name="of">For the next section of a kind: its stream and track (RFC 8830), or null; and its direction, or null to leave
    /// that.</param>
    public static string Complete(string sdp, Func<MediaKind, (string? Msid, MediaStreamStatusEnum? Direction)> of)
    {
        StringBuilder completed = new(sdp.Length + 200);
        (string? Msid, MediaStreamStatusEnum? Direction) section = default;
        foreach (string line in sdp.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("m=", StringComparison.Ordinal))
            {
                section = line.StartsWith("m=audio", StringComparison.Ordinal) ? of(MediaKind.Audio)
                    : line.StartsWith("m=video", StringComparison.Ordinal) ? of(MediaKind.Video) : default;
            }

            bool isReplaced = section.Direction is not null && IsDirection(line);
            completed.Append(isReplaced ? $"a={section.Direction.ToString()!.ToLowerInvariant()}" : line).Append("\r\n");
            if (section.Msid is { } msid && line.StartsWith("a=mid:", StringComparison.Ordinal))
                completed.Append("a=msid:").Append(msid).Append("\r\n");
        }

        return completed.ToString();
    }

    /// <summary>The direction of an answer's section: what this side would do, and what the offer lets it (RFC 3264, section 6.1).</summary>
    /// <param name="sends">Whether this side has something to send.</param>
    /// <param name="receives">Whether this side receives it.</param>
    /// <param name="offered">The direction of the offer.</param>
    public static MediaStreamStatusEnum Answer(bool sends, bool receives, MediaStreamStatusEnum offered)
    {
        bool maySend = offered is MediaStreamStatusEnum.SendRecv or MediaStreamStatusEnum.RecvOnly;
        bool mayReceive = offered is MediaStreamStatusEnum.SendRecv or MediaStreamStatusEnum.SendOnly;
        return (sends && maySend, receives && mayReceive) switch
        {
            (true, true) => MediaStreamStatusEnum.SendRecv,
            (true, false) => MediaStreamStatusEnum.SendOnly,
            (false, true) => MediaStreamStatusEnum.RecvOnly,
            _ => MediaStreamStatusEnum.Inactive,
        };
    }

    private static bool IsDirection(string line) => line is "a=sendrecv" or "a=sendonly" or "a=recvonly" or "a=inactive";
}
