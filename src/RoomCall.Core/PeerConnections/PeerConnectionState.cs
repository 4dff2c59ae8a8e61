namespace RoomCall.PeerConnections;

/// <summary>The state of a peer connection's transports. Source: W3C WebRTC, RTCPeerConnectionState.</summary>
public enum PeerConnectionState
{
    /// <summary>No transport has begun to connect, or there is no peer connection ("new").</summary>
    New,

    /// <summary>Transports are being connected ("connecting").</summary>
    Connecting,

    /// <summary>Every transport is connected ("connected").</summary>
    Connected,

    /// <summary>A transport lost its peer and may come back by itself ("disconnected").</summary>
    Disconnected,

    /// <summary>A transport has failed and does not come back by itself ("failed").</summary>
    Failed,

    /// <summary>The peer connection was closed ("closed").</summary>
    Closed,
}
