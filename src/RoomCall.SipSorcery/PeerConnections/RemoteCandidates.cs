using RoomCall.PeerConnections;
using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>Gives SIPSorcery the candidates of the remote peer: each once, and not without measure, since it forgets none.</summary>
internal sealed class RemoteCandidates(RTCPeerConnection peer)
{
    private const int Most = 100;

    private readonly HashSet<string> _given = [];

    /// <summary>Adds one, unless it is of no use.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="remote">The remote description: one transport carries all m-lines, that of the first which is not rejected.</param>
    /// <exception cref="FormatException">It is no candidate.</exception>
    public void Add(IceCandidate candidate, SDP remote)
    {
        if (CandidateText.Read(candidate.Candidate) is not { } text)
            return;

        // One of another m-line is for a peer that does not bundle.
        int first = Math.Max(0, remote.Media.FindIndex(static section => section.Port != 0));
        bool isOfFirst = candidate.SdpMLineIndex is { } index ? index == first : candidate.SdpMid == remote.Media[first].MediaID;
        if (!isOfFirst || _given.Count == Most || !_given.Add(text))
            return;

        peer.addIceCandidate(new RTCIceCandidateInit
        {
            candidate = text,
            sdpMid = candidate.SdpMid,
            sdpMLineIndex = 0,
            usernameFragment = candidate.UsernameFragment,
        });
    }
}
