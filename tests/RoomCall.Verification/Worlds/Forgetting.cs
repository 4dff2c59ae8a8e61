using RoomCall.Server.Rooms;
using RoomCall.Signaling;

namespace RoomCall.Verification.Worlds;

/// <summary>A server that forgets. Those who are forgotten notice it, and ask for the room once more with the same id, in any order;
/// meanwhile they go on.</summary>
internal static class Forgetting
{
    /// <summary>The server is started anew.</summary>
    public static void ForgetAll(WorldTurn turn, bool isKept)
    {
        RoomState before = turn.Room;
        turn.Room = RoomState.Empty(WorldState.RoomName, before.Capacity);
        turn.Parked = [];
        turn.Ghosts = []; // who is gone is forgotten as well, with what it had sent
        for (int who = 0; who < CallWorld.SideCount; who++)
        {
            if (turn[who].IsOnline && before.Holds(turn[who].Id))
                JoinAgain(turn, who, isKept);
        }
    }

    /// <summary>The server forgets one.</summary>
    public static void Forget(WorldTurn turn, int who)
    {
        ServerMoves.Follow(turn, RoomRules.Leave(turn.Room, turn[who].Id, PeerLeftReason.Vanished));
        JoinAgain(turn, who, isKept: false);
    }

    // One that was leaving has left; all others ask for the room before anything else.
    private static void JoinAgain(WorldTurn turn, int who, bool isKept)
    {
        Side side = turn[who];
        bool isLeaving = side.Outbox.Any(static effect => effect is CallEffect.LeaveRoom);
        turn[who] = side with
        {
            IsOnline = !isLeaving,
            IsInterrupted = false,
            Inbox = [],
            Outbox = isLeaving ? [] : [new CallEffect.JoinRoom(), .. isKept ? side.Outbox : []],
            Posted = isLeaving ? side.Posted.Add(new CallInput.RoomLeft()) : side.Posted,
        };
        if (!isLeaving && !side.IsFrozen)
            turn.Give(who, new CallInput.Room(new RoomEvent.Interrupted()));
    }
}
