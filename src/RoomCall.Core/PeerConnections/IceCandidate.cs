namespace RoomCall.PeerConnections;

/// <summary>An ICE candidate, local or remote. Source: W3C WebRTC, RTCIceCandidate; RFC 8445; book row S14.</summary>
/// <param name="Candidate">The candidate attribute (<c>candidate:…</c>); empty says that no more candidates follow.</param>
/// <param name="SdpMid">The media stream identification of the m-line it belongs to (the book's <c>id</c>), or null.</param>
/// <param name="SdpMLineIndex">The zero-based index of that m-line (the book's <c>label</c>), or null.</param>
/// <param name="UsernameFragment">The ICE username fragment it belongs to (<c>a=ice-ufrag</c> of its description), or null where it is not told.
/// An engine that restarts ICE tells it, so that a candidate of the description before is not taken for one of the new.</param>
public sealed record IceCandidate(
    string Candidate,
    string? SdpMid = null,
    int? SdpMLineIndex = null,
    string? UsernameFragment = null)
{
    /// <summary>Whether this marks the end of candidates (RFC 8838, section 8.2).</summary>
    public bool IsEndOfCandidates => Candidate is "";

    /// <summary>Says the m-line only: a candidate is an address, which does not belong in a log.</summary>
    /// <returns>A text without the address.</returns>
    public override string ToString() => IsEndOfCandidates ? "end of candidates" : $"candidate for m-line {SdpMid ?? SdpMLineIndex?.ToString()}";
}
