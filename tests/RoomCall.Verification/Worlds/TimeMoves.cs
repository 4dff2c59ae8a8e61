using RoomCall.Verification.Engine;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Worlds;

/// <summary>Time that passes: a deadline is over, a network that was down returns.</summary>
internal static class TimeMoves
{
    public static void Find(WorldState state, MoveClass moveClass, List<Move> moves)
    {
        for (int who = 0; who < state.Sides.Length; who++)
        {
            for (int slot = 0; slot < FlowTimerSlots.Count; slot++)
            {
                // Who waits alone has no deadline by default.
                if (state.Sides[who] is { IsFrozen: false } side && side.Timers[slot] is { Kind: not FlowTimer.Wait } timer)
                    moves.Add(new Move(moveClass, (byte)MoveKind.TimerElapses, (byte)who, (byte)timer.Kind));
            }
        }

        for (int who = 0; who < state.Sides.Length; who++)
        {
            LinkNews news = state.Sides[who].IsRunning ? EngineMoves.NewsAtLast(state, state.Sides[who]) : LinkNews.None;
            if (moveClass == MoveClass.Time && news != LinkNews.None && !state.Sides[who].IsFrozen)
                moves.Add(new Move(moveClass, (byte)MoveKind.EngineGivesUp, (byte)who, (byte)news));
        }

        if (state.IsNetworkDown)
            moves.Add(new Move(moveClass, (byte)MoveKind.NetworkReturns, 0, 0));
    }

    public static void Make(WorldTurn turn, Move move)
    {
        if ((MoveKind)move.Kind == MoveKind.EngineGivesUp)
        {
            EngineMoves.Notice(turn, move.Who, (LinkNews)move.What);
            return;
        }

        if ((MoveKind)move.Kind == MoveKind.NetworkReturns)
        {
            turn.Change(static state => state with { IsNetworkDown = false });
            return;
        }

        FlowTimerSlot slot = ((FlowTimer)move.What).Slot();
        Side side = turn[move.Who];
        RunningTimer timer = side.Timers[(int)slot]!.Value;
        turn[move.Who] = side with { Timers = side.Timers.SetItem((int)slot, null) };
        turn.Give(move.Who, new CallInput.TimerElapsed(timer.Kind, timer.Number));
    }
}
