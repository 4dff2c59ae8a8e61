namespace RoomCall.Signaling;

/// <summary>What a signaling server refuses, and why.</summary>
public enum RoomErrorCode
{
    /// <summary>What was sent is not what the protocol allows.</summary>
    Malformed,

    /// <summary>The room's name is empty, too long, or holds a character that is not allowed.</summary>
    InvalidRoomName,

    /// <summary>This server holds as many rooms as it may.</summary>
    TooManyRooms,

    /// <summary>This connection is in a room already.</summary>
    AlreadyJoined,

    /// <summary>A message came from a connection that is in no room.</summary>
    NotInRoom,

    /// <summary>A message is for a peer that is not in the room.</summary>
    UnknownPeer,

    /// <summary>A message is larger than the server takes.</summary>
    MessageTooLarge,

    /// <summary>More messages in a second than the server takes.</summary>
    TooManyMessages,

    /// <summary>The server does not allow this user to be in this room.</summary>
    NotAllowed,

    /// <summary>The name of the peer is empty, too long, or holds a character that is not allowed.</summary>
    InvalidName,

    /// <summary>The stay that was to be resumed has ended, or is not known to this server, or is another's.</summary>
    UnknownStay,

    /// <summary>A code of a later version; the detail says more.</summary>
    Other,
}
