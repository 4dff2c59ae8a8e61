using RoomCall.Server.Limits;
using RoomCall.Server.Rooms;
using RoomCall.Signaling;

namespace RoomCall.Server;

/// <summary>One member's stay in one room, from <see cref="RoomBroker.CreateOrJoin"/> to <see cref="Leave"/>. Safe for concurrent
/// use.</summary>
public sealed class RoomSeat
{
    private readonly Room _room;

    internal RoomSeat(string peerId, IRoomMember member, Room room, TokenBucket tokens)
    {
        PeerId = peerId;
        Member = member;
        _room = room;
        Tokens = tokens;
    }

    /// <summary>The id of this stay: new for each one.</summary>
    public string PeerId { get; }

    /// <summary>The room's name.</summary>
    public string Room => _room.Name;

    /// <summary>The name that the others are told, or null.</summary>
    public string? Name { get; internal init; }

    internal IRoomMember Member { get; }

    // What follows is read and changed under the room's lock only.

    /// <summary>What is left of the messages that the member may send. A field, because it is a struct that changes.</summary>
    internal TokenBucket Tokens;

    internal bool IsInside { get; set; }

    /// <summary>Its connection is gone, and its place is kept.</summary>
    internal bool IsAway { get; set; }

    /// <summary>The member failed: nothing is posted to it any more.</summary>
    internal bool IsLetGo { get; set; }

    /// <summary>The last turn of the room in which something was posted here.</summary>
    internal long PostedInTurn { get; set; }

    /// <summary>
    /// Passes a message on to the others in the room (book rows S8, S6), as it is and with this seat's <see cref="PeerId"/> as its
    /// sender. What is refused goes to nobody, and this member is told <see cref="RoomEvent.Error"/> with
    /// <see cref="RoomErrorCode.NotInRoom"/> (the stay has ended), <see cref="RoomErrorCode.TooManyMessages"/>,
    /// <see cref="RoomErrorCode.Malformed"/> (no bytes), <see cref="RoomErrorCode.MessageTooLarge"/> or
    /// <see cref="RoomErrorCode.UnknownPeer"/>. With nobody else in the room, a message for all has no receiver and that is no error.
    /// </summary>
    /// <param name="payload">The message, one JSON value in UTF-8, which is not looked at. It is read during this call only: a receiver
    /// that keeps it copies it.</param>
    /// <param name="to">The peer it is for, another member of this room; null: all others.</param>
    public void Relay(ReadOnlyMemory<byte> payload, string? to) => _room.Relay(this, payload, to);

    /// <summary>Leaves a message for the next one to come, who is handed all that is parked right after its
    /// <see cref="RoomEvent.Joined"/>, as <see cref="RoomEvent.Message"/>s of this member; this member is told with
    /// <see cref="RoomEvent.Join.Parked"/>. Only one who is alone can park: what comes later goes to the one who was handed the rest of
    /// its generation, or is dropped without a word. What is refused is told as by <see cref="Relay"/>.</summary>
    /// <param name="payload">The message; read during this call only.</param>
    /// <param name="generation">What it belongs to, 1 or more; a higher one takes the place of what was parked before.</param>
    public void Park(ReadOnlyMemory<byte> payload, int generation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(generation, 1);
        _room.Park(this, payload, generation);
    }

    /// <summary>Tells the others that this member's connection is gone and its place is kept (<see cref="RoomEvent.Away"/>). Does nothing
    /// when they were told, or the stay has ended.</summary>
    public void Away() => _room.SetAway(this, static () => true);

    /// <summary>Tells the others that this member has come back (<see cref="RoomEvent.Back"/>). Does nothing when it was not away.</summary>
    public void Back() => _room.SetAway(this, static () => false);

    /// <summary>Gives the place up and tells the others. Does nothing when the stay has ended already.</summary>
    /// <param name="reason">What the others are told. <value>Default: <see cref="PeerLeftReason.Left"/>.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">The reason is none of the enum's values.</exception>
    public void Leave(PeerLeftReason reason = PeerLeftReason.Left)
    {
        if (!Enum.IsDefined(reason))
            throw new ArgumentOutOfRangeException(nameof(reason), reason, $"Use a value of {nameof(PeerLeftReason)}.");

        _room.Leave(this, reason);
    }

    /// <summary>As <see cref="Away"/> or <see cref="Back"/>, whichever is so when the others are told.</summary>
    internal void SetAway(Func<bool> isAwayNow) => _room.SetAway(this, isAwayNow);

    internal void LetGo(PeerLeftReason reason, Exception? thrown) => _room.LetGo(this, reason, thrown);
}
