namespace RoomCall.Signaling;

/// <summary>The kinds of <see cref="PeerMessage"/>.</summary>
internal enum PeerMessageKind
{
    Unknown,
    GotUserMedia,
    Offer,
    Answer,
    Candidate,
    Restart,
    CloseChannel,
    Bye,
}
