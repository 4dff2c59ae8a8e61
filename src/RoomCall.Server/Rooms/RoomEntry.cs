namespace RoomCall.Server.Rooms;

/// <summary>How a request to enter a room ended.</summary>
internal enum RoomEntry
{
    /// <summary>Inside.</summary>
    Entered,

    /// <summary>Outside, and told so: no place is free.</summary>
    Full,

    /// <summary>Outside again: it could not be told, and was let go at once.</summary>
    LetGo,

    /// <summary>Outside, not told yet: the member is in a room already.</summary>
    AlreadyInside,

    /// <summary>Outside, not told yet: a member of the room has its id.</summary>
    IdIsTaken,

    /// <summary>Outside, not told yet: the room would be one too many.</summary>
    TooManyRooms,

    /// <summary>The room has ended meanwhile; the name is free for a new one.</summary>
    RoomIsGone,
}
