using RoomCall.Server.Rooms;
using RoomCall.Signaling;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Worlds;

/// <summary>The server: the room's rules that ship, and the relay.</summary>
internal static class ServerMoves
{
    /// <summary>The server takes what a side has sent next.</summary>
    public static void Take(WorldTurn turn, int who)
    {
        Side side = turn[who];
        CallEffect next = side.Outbox[0];
        turn[who] = side with { Outbox = side.Outbox.RemoveAt(0) };
        Take(turn, side.Id, next);
        if (next is CallEffect.LeaveRoom)
        {
            side = turn[who];
            turn[who] = side with { IsOnline = false, Outbox = [], Posted = side.Posted.Add(new CallInput.RoomLeft()) };
        }
    }

    /// <summary>The server takes what one had sent whose connection is dead.</summary>
    public static void TakeOfGhost(WorldTurn turn, int index)
    {
        Ghost ghost = turn.Ghosts[index];
        turn.Ghosts = turn.Ghosts.SetItem(index, ghost with { Outbox = ghost.Outbox.RemoveAt(0) });
        Take(turn, ghost.Id, ghost.Outbox[0]);
    }

    /// <summary>The server notices that a connection is dead.</summary>
    public static void Notice(WorldTurn turn, int index)
    {
        Ghost ghost = turn.Ghosts[index];
        turn.Ghosts = turn.Ghosts.RemoveAt(index);
        Follow(turn, RoomRules.Leave(turn.Room, ghost.Id, PeerLeftReason.Vanished));
    }

    /// <summary>The server refuses what a side has sent next.</summary>
    public static void Refuse(WorldTurn turn, int who)
    {
        Side side = turn[who];
        turn[who] = side with { Outbox = side.Outbox.RemoveAt(0) };
        Tell(turn, side.Id, new CallInput.Room(new RoomEvent.Error(RoomErrorCode.TooManyMessages, "Send fewer messages.")));
    }

    /// <summary>The server lets a client go; it hears of it when its connection ends.</summary>
    public static void LetGo(WorldTurn turn, int who)
    {
        Side side = turn[who];
        turn[who] = side with { Posted = side.Posted.Add(new CallInput.SignalingEnded("The server let this client go.")) };
        Follow(turn, RoomRules.Leave(turn.Room, side.Id, PeerLeftReason.TooSlow));
    }

    private static void Take(WorldTurn turn, string from, CallEffect effect)
    {
        switch (effect)
        {
            case CallEffect.JoinRoom:
                Follow(turn, turn.Scenario.Enter(turn.Room, from));
                HandOut(turn, from);
                break;
            case CallEffect.Park when !turn.Room.Holds(from):
                Tell(turn, from, new CallInput.Room(new RoomEvent.Error(RoomErrorCode.NotInRoom, "Join first.")));
                break;
            case CallEffect.Park park:
                Park(turn, from, park);
                break;
            case CallEffect.LeaveRoom:
                Follow(turn, RoomRules.Leave(turn.Room, from, PeerLeftReason.Left));
                break;
            case CallEffect.Send send when !turn.Room.Holds(from):
                Tell(turn, from, new CallInput.Room(new RoomEvent.Error(RoomErrorCode.NotInRoom, "Join first.")));
                break;
            case CallEffect.Send send when !turn.Room.Holds(send.To):
                Tell(turn, from, new CallInput.Room(new RoomEvent.Error(RoomErrorCode.UnknownPeer, "That peer is not here.")));
                break;
            case CallEffect.Send send:
                Tell(turn, send.To, new CallInput.PeerSaid(from, send.Message));
                break;
        }
    }

    private static void Park(WorldTurn turn, string from, CallEffect.Park park)
    {
        (turn.Room, Parking parking) = RoomRules.Park(turn.Room, from, park.Generation);
        switch (parking)
        {
            case Parking.Replaces:
                turn.Parked = [park.Message];
                break;
            case Parking.Appends:
                turn.Parked = turn.Parked.Add(park.Message);
                break;
            case Parking.Relays:
                Tell(turn, turn.Room.Parked!.TakenBy!, new CallInput.PeerSaid(from, park.Message));
                break;
        }
    }

    private static void HandOut(WorldTurn turn, string newcomer)
    {
        if (turn.Room.Parked is not { } parked || parked.TakenBy != newcomer)
            return;

        foreach (PeerMessage message in turn.Parked)
            Tell(turn, newcomer, new CallInput.PeerSaid(parked.By, message));

        turn.Parked = [];
    }

    public static void Follow(WorldTurn turn, RoomStep step)
    {
        turn.Room = step.State;
        turn.Parked = step.State.Parked is null ? [] : turn.Parked;
        if (step.State.Members.Length > step.State.Capacity)
            turn.Break(Rule.RoomCapacity, $"The room holds {step.State}.");

        foreach (RoomNotice notice in step.Notices)
            Tell(turn, notice.To, new CallInput.Room(notice.Event));
    }

    // To one whose connection is dead it is lost.
    private static void Tell(WorldTurn turn, string id, CallInput input)
    {
        for (int who = 0; who < CallWorld.SideCount; who++)
        {
            if (turn[who] is { IsOnline: true } side && side.Id == id)
                turn[who] = side with { Inbox = side.Inbox.Add(input) };
        }
    }
}
