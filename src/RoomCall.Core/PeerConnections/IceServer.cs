namespace RoomCall.PeerConnections;

/// <summary>A STUN or TURN server. Source: W3C WebRTC, RTCIceServer; book row S17.</summary>
/// <param name="Urls">One or more URLs of the server (<c>stun:</c>, <c>turn:</c>, <c>turns:</c>).</param>
/// <param name="Username">The user name for TURN, or null.</param>
/// <param name="Credential">The password for TURN, or null.</param>
public sealed record IceServer(IReadOnlyList<string> Urls, string? Username = null, string? Credential = null)
{
    /// <summary>Says the URLs only, never the credential.</summary>
    /// <returns>A text without the credential.</returns>
    public override string ToString() => string.Join(' ', Urls);
}
