namespace RoomCall.PeerConnections;

/// <summary>The kind of a <see cref="SessionDescription"/>. Source: W3C WebRTC, RTCSdpType.</summary>
public enum SdpType
{
    /// <summary>A proposal of a session ("offer").</summary>
    Offer,

    /// <summary>The final answer to an offer ("answer").</summary>
    Answer,
}
