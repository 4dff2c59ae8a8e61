using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>What SIPSorcery's descriptions lack.</summary>
internal static class LocalSdp
{
    /// <summary>The identification of the first m-line.</summary>
    /// <param name="sdp">A local description.</param>
    /// <returns>The value of <c>a=mid</c>.</returns>
    public static string FirstMid(string sdp) => SDP.ParseSDPDescription(sdp)?.Media.FirstOrDefault()?.MediaID ?? "0";

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
}
