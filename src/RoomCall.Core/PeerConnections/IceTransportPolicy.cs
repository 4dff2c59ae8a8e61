namespace RoomCall.PeerConnections;

/// <summary>Which candidates may be used. Source: W3C WebRTC, RTCIceTransportPolicy.</summary>
public enum IceTransportPolicy
{
    /// <summary>Any candidate ("all").</summary>
    All,

    /// <summary>Relayed candidates only ("relay"), which hides the peer's own addresses.</summary>
    Relay,
}
