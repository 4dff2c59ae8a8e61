namespace RoomCall.Signaling;

/// <summary>Why a member is no longer in the room.</summary>
public enum PeerLeftReason
{
    /// <summary>It said that it leaves.</summary>
    Left,

    /// <summary>Its connection ended without a word (book defect D4).</summary>
    Vanished,

    /// <summary>It was let go because it took its messages too slowly.</summary>
    TooSlow,
}
