namespace RoomCall.PeerConnections;

/// <summary>How an offer is made. Source: W3C WebRTC, RTCOfferOptions.</summary>
/// <param name="IceRestart">New ICE credentials are taken, and candidates are gathered again.
/// Asked for only where <see cref="EngineCapabilities.IceRestart"/> is true.</param>
public readonly record struct OfferOptions(bool IceRestart = false);
