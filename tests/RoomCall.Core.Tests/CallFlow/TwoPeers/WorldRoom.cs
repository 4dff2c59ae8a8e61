using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

/// <summary>The server's rules, for one room of two places.</summary>
internal sealed class WorldRoom
{
    private readonly List<WorldPeer> _members = [];

    public IReadOnlyList<WorldPeer> Members => _members;

    public void Take(WorldPeer from)
    {
        switch (from.Outbox.Dequeue())
        {
            case CallEffect.JoinRoom:
                Enter(from);
                break;
            case CallEffect.Send send:
                Relay(from, send);
                break;
            case CallEffect.LeaveRoom:
                Remove(from, PeerLeftReason.Left);
                from.Inbox.Enqueue(new CallInput.RoomLeft());
                break;
        }
    }

    /// <summary>The connection to the peer is lost: the others are told, and the peer itself finds out.</summary>
    public void Lose(WorldPeer peer)
    {
        peer.Outbox.Clear();
        Remove(peer, PeerLeftReason.Vanished);
        peer.Inbox.Enqueue(new CallInput.SignalingEnded("The connection was lost."));
        if (peer.State.Phase == CallPhase.Ending)
            peer.Inbox.Enqueue(new CallInput.RoomLeft()); // as the session has it: leaving ends, one way or the other
    }

    private void Enter(WorldPeer peer)
    {
        if (_members.Count == 2)
        {
            Tell(peer, new RoomEvent.Full(FlowBench.Room));
            return;
        }

        _members.Add(peer);
        if (_members.Count == 1)
        {
            Tell(peer, new RoomEvent.Created(FlowBench.Room, peer.Id, []));
        }
        else
        {
            Tell(peer, new RoomEvent.Joined(FlowBench.Room, peer.Id, [_members[0].Id], _members[0].Id, []));
            Tell(_members[0], new RoomEvent.Join(peer.Id, _members[0].Id));
        }
    }

    private void Relay(WorldPeer from, CallEffect.Send send)
    {
        if (_members.Find(member => member.Id == send.To) is { } to && _members.Contains(from))
            to.Inbox.Enqueue(new CallInput.PeerSaid(from.Id, send.Message));
        else
            Tell(from, new RoomEvent.Error(RoomErrorCode.UnknownPeer, "That peer is not in the room."));
    }

    private void Remove(WorldPeer peer, PeerLeftReason reason)
    {
        if (_members.Remove(peer) && _members is [var other])
            Tell(other, new RoomEvent.Left(peer.Id, reason, other.Id));
    }

    private static void Tell(WorldPeer peer, RoomEvent roomEvent) => peer.Inbox.Enqueue(new CallInput.Room(roomEvent));
}
