namespace RoomCall.Server.Rooms;

/// <summary>What becomes of a message that a member parks.</summary>
internal enum Parking
{
    /// <summary>Kept, in the place of all that was parked before.</summary>
    Replaces,

    /// <summary>Kept, after what was parked before.</summary>
    Appends,

    /// <summary>Passed on to the one who was handed the others.</summary>
    Relays,

    /// <summary>Dropped: others are in the room and were handed nothing, or it is of an earlier generation than what is parked, or of one
    /// that is handed out no more.</summary>
    Drops,
}
