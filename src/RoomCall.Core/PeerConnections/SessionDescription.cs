namespace RoomCall.PeerConnections;

/// <summary>An SDP offer or answer. Source: W3C WebRTC, RTCSessionDescription; RFC 9429.</summary>
/// <param name="Type">Whether this is an offer or an answer.</param>
/// <param name="Sdp">The SDP text, passed through untouched.</param>
public sealed record SessionDescription(SdpType Type, string Sdp)
{
    /// <summary>Says the type and the length only: SDP holds addresses and keys, which do not belong in a log.</summary>
    /// <returns>A text without the SDP.</returns>
    public override string ToString() => $"{Type} ({Sdp?.Length} characters)";
}
