using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

/// <summary>The server's rules, for one room of two places.</summary>
internal sealed class WorldRoom
{
    private readonly List<WorldPeer> _members = [];
    private readonly List<CallEffect.Park> _parked = [];
    private WorldPeer? _taker;

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
            case CallEffect.Park park:
                Park(from, park);
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

    /// <summary>The server is started anew and has forgotten everything; its clients notice and ask for the room again, with their ids.
    /// What was on its way is lost.</summary>
    public void Restart()
    {
        foreach (WorldPeer peer in _members)
        {
            peer.Outbox.Clear();
            DropMessages(peer);
            if (peer.State.IsLeaving)
            {
                peer.Inbox.Enqueue(new CallInput.RoomLeft());
            }
            else
            {
                Tell(peer, new RoomEvent.Interrupted());
                peer.Outbox.Enqueue(new CallEffect.JoinRoom());
            }
        }

        _members.Clear();
        _parked.Clear();
        _taker = null;
    }

    // What the engine or the session itself has posted stays.
    private static void DropMessages(WorldPeer peer)
    {
        CallInput[] kept = [.. peer.Inbox.Where(input => input is CallInput.SignalingEnded or CallInput.RoomLeft)];
        peer.Inbox.Clear();
        Array.ForEach(kept, peer.Inbox.Enqueue);
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
            WorldPeer first = _members[0];
            Tell(peer, new RoomEvent.Joined(FlowBench.Room, peer.Id, [first.Id], first.Id, []));
            Tell(first, new RoomEvent.Join(peer.Id, first.Id) { Parked = _parked.FirstOrDefault()?.Generation });
            _parked.ForEach(park => peer.Inbox.Enqueue(new CallInput.PeerSaid(first.Id, park.Message)));
            _taker = _parked.Count > 0 ? peer : null;
        }
    }

    private void Park(WorldPeer from, CallEffect.Park park)
    {
        bool isOfTaken = _taker is not null && _parked[0].Generation == park.Generation;
        if (_members is [var only] && only == from)
        {
            _parked.RemoveAll(other => other.Generation != park.Generation);
            _parked.Add(park);
        }
        else if (isOfTaken && _members.Contains(from))
        {
            _taker!.Inbox.Enqueue(new CallInput.PeerSaid(from.Id, park.Message));
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
        if (!_members.Remove(peer))
            return;

        _parked.Clear();
        _taker = null;
        if (_members is [var other])
            Tell(other, new RoomEvent.Left(peer.Id, reason, other.Id));
    }

    private static void Tell(WorldPeer peer, RoomEvent roomEvent) => peer.Inbox.Enqueue(new CallInput.Room(roomEvent));
}
