namespace RoomCall.PeerConnections;

/// <summary>Where the exchange of descriptions stands. Source: W3C WebRTC, RTCSignalingState; RFC 9429, section 4.1.2.</summary>
public enum SignalingState
{
    /// <summary>No exchange is under way ("stable").</summary>
    Stable,

    /// <summary>A local offer is applied and its answer is awaited ("have-local-offer").</summary>
    HaveLocalOffer,

    /// <summary>A remote offer is applied and not yet answered ("have-remote-offer").</summary>
    HaveRemoteOffer,

    /// <summary>The peer connection was closed ("closed").</summary>
    Closed,
}
