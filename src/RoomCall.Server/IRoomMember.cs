using RoomCall.Signaling;

namespace RoomCall.Server;

/// <summary>One client of a <see cref="RoomBroker"/>, whatever connects it: the seam between the rooms and a transport.</summary>
/// <remarks>
/// Being told has two phases, so that each member sees the room's events in the room's order, and yet no room waits for a write:
/// the broker posts while it holds the room's lock, and says <see cref="Flush"/> when it has let it go.
/// The contract for those who write a transport:
/// <list type="number">
/// <item><see cref="TryPost"/> runs under the lock of a room. It puts the event into a queue of bounded length and returns: it does
/// not write, wait, block, throw or call the broker. The order of the calls is the order to write in.</item>
/// <item>The events of a stay are posted one at a time, in the order in which the room changed. A refusal of a second request to enter
/// may be posted at the same time as these, so the queue is safe for concurrent use.</item>
/// <item>A queue that is full makes <see cref="TryPost"/> return false. The member is then let go: it leaves as
/// <see cref="PeerLeftReason.TooSlow"/>, the others are told, and nothing more is posted for this stay.</item>
/// <item><see cref="Flush"/> runs with no lock held, after one post or several, on the thread that caused them, and on several threads
/// at a time. It makes sure that what is queued gets written, by this thread or another; it may call the broker. A transport with a
/// loop that reads the queue has nothing to do in it. It does not block, because the sender of a message waits for it.</item>
/// <item><see cref="Close"/> tells that the broker has let the member go of itself, once for a stay, with no lock held. What was posted
/// may still be written; then the connection is to be closed. It may come before <see cref="RoomBroker.CreateOrJoin"/> has returned. It
/// does not come for a leave that the transport itself asked for.</item>
/// <item>A transport whose connection has ended says <see cref="RoomSeat.Leave"/>, with <see cref="PeerLeftReason.Vanished"/> if that
/// came without a word (book defect D4). The broker has no other way to know.</item>
/// <item>A member is in one room at a time. After the stay has ended the same object may enter again.</item>
/// <item>The payload of a <see cref="RoomEvent.Message"/> is valid until <see cref="TryPost"/> returns: whoever keeps it copies it.</item>
/// <item>What a member throws is caught and logged; it leaves as <see cref="PeerLeftReason.Vanished"/>, and no other is harmed.</item>
/// </list>
/// </remarks>
public interface IRoomMember
{
    /// <summary>Queues an event for this member. Only queues: see the contract of this interface.</summary>
    /// <param name="roomEvent">The event; other members may be handed the same object.</param>
    /// <returns>False when the queue is full: the member is let go.</returns>
    bool TryPost(RoomEvent roomEvent);

    /// <summary>Gets what is queued on its way. No lock is held; does not block.</summary>
    void Flush();

    /// <summary>The broker has let this member go: close the connection.</summary>
    /// <param name="reason">What the others are told: <see cref="PeerLeftReason.TooSlow"/> for a full queue,
    /// <see cref="PeerLeftReason.Vanished"/> for a member that threw.</param>
    void Close(PeerLeftReason reason);
}
