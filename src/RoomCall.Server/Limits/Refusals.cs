using RoomCall.Signaling;

namespace RoomCall.Server.Limits;

/// <summary>The refusals of one broker, made once: refusing a flood allocates nothing, and no text repeats what a client sent.</summary>
internal sealed class Refusals(RoomBrokerOptions options)
{
    public RoomEvent.Error InvalidRoomName { get; } = new(
        RoomErrorCode.InvalidRoomName,
        $"Choose a room name of 1 to {options.MaxRoomNameLength} characters that is well-formed Unicode, not white space alone, "
        + "and without control characters or line breaks.");

    public RoomEvent.Error TooManyRooms { get; } = new(
        RoomErrorCode.TooManyRooms,
        "This server holds as many rooms as it may; join an existing room or try again later.");

    public RoomEvent.Error AlreadyJoined { get; } = new(
        RoomErrorCode.AlreadyJoined,
        "This connection is in a room already; leave it first, or open another connection.");

    public RoomEvent.Error NotInRoom { get; } = new(
        RoomErrorCode.NotInRoom,
        "The message was not sent, because the stay in the room has ended; create or join a room first.");

    public RoomEvent.Error UnknownPeer { get; } = new(
        RoomErrorCode.UnknownPeer,
        "The message was not sent: it is for a peer that is not another member of this room, or has just left.");

    public RoomEvent.Error EmptyMessage { get; } = new(
        RoomErrorCode.Malformed,
        "The message was not sent, because it is empty; a message is one JSON value.");

    public RoomEvent.Error MessageTooLarge { get; } = new(
        RoomErrorCode.MessageTooLarge,
        $"The message was not sent, because it is larger than {options.MaxMessageBytes} bytes; send less at a time.");

    public RoomEvent.Error TooManyMessages { get; } = new(
        RoomErrorCode.TooManyMessages,
        $"The message was not sent: the limit is {options.MaxMessagesPerSecond} messages a second, "
        + $"and {options.MessageBurst} at once; wait and send it again.");
}
