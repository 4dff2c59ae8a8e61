namespace RoomCall;

/// <summary>An operation of the engine whose failure the flow is told.</summary>
internal enum EngineOperation
{
    CreatePeerConnection,
    CreateOffer,
    CreateAnswer,
    SetLocalDescription,
    SetRemoteDescription,
    AddIceCandidate,
}
