namespace RoomCall.PeerConnections;

/// <summary>What a peer connection is made from. Source: W3C WebRTC, RTCConfiguration; book row S17.</summary>
public sealed record PeerConnectionConfiguration
{
    /// <summary>STUN and TURN servers. <value>Default: none.</value></summary>
    public IReadOnlyList<IceServer> IceServers { get; init; } = [];

    /// <summary>Which candidates may be used. <value>Default: <see cref="IceTransportPolicy.All"/>.</value></summary>
    public IceTransportPolicy IceTransportPolicy { get; init; }
}
