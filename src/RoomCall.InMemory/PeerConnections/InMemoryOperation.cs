namespace RoomCall.InMemory;

/// <summary>The operations that <see cref="InMemoryFaults"/> can disturb.</summary>
public enum InMemoryOperation
{
    /// <summary><see cref="PeerConnections.IPeerConnectionFactory.CreateAsync"/>.</summary>
    Create,

    /// <summary><see cref="PeerConnections.IPeerConnection.AddStream"/>.</summary>
    AddStream,

    /// <summary><see cref="PeerConnections.IPeerConnection.CreateDataChannel"/>.</summary>
    CreateDataChannel,

    /// <summary><see cref="PeerConnections.IPeerConnection.CreateOfferAsync"/>.</summary>
    CreateOffer,

    /// <summary><see cref="PeerConnections.IPeerConnection.CreateAnswerAsync"/>.</summary>
    CreateAnswer,

    /// <summary><see cref="PeerConnections.IPeerConnection.SetLocalDescriptionAsync"/>.</summary>
    SetLocalDescription,

    /// <summary><see cref="PeerConnections.IPeerConnection.SetRemoteDescriptionAsync"/>.</summary>
    SetRemoteDescription,

    /// <summary><see cref="PeerConnections.IPeerConnection.AddIceCandidateAsync"/>.</summary>
    AddIceCandidate,
}
