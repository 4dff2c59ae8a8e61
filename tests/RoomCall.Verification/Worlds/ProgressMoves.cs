using RoomCall.Signaling;
using RoomCall.Verification.Engine;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Worlds;

/// <summary>What is under way and goes on.</summary>
internal static class ProgressMoves
{
    public static void Find(WorldState state, List<Move> moves)
    {
        for (int who = 0; who < state.Sides.Length; who++)
        {
            Side side = state.Sides[who];
            if (!side.IsRunning || side.IsFrozen)
                continue;

            if (side.IsInterrupted)
            {
                Add(moves, MoveKind.Resumes, who, moveClass: MoveClass.Sometime);
            }
            else
            {
                if (side is { IsOnline: true, Outbox.IsEmpty: false })
                    Add(moves, MoveKind.ServerTakes, who);
                if (!side.Inbox.IsEmpty)
                    Add(moves, MoveKind.TakesEvent, who);
            }

            if (!side.Posted.IsEmpty)
                Add(moves, MoveKind.TakesPosted, who);
            if (EngineMoves.AppliesFirst(side))
                Add(moves, MoveKind.EngineApplies, who);
            else if (EngineMoves.CanEnd(state, side))
                Add(moves, MoveKind.EngineEnds, who);
            if (side.Media == MediaQuestion.Asked)
                Add(moves, MoveKind.MediaReady, who);
            if (side.Connection is { HasCandidateToTell: true })
                Add(moves, MoveKind.CandidateFound, who);
            FindNews(state, side, who, moves);
        }

        for (int index = 0; index < state.Ghosts.Length; index++)
        {
            Add(moves, MoveKind.ServerNotices, index, moveClass: MoveClass.Sometime);
            if (!state.Ghosts[index].Outbox.IsEmpty)
                Add(moves, MoveKind.ServerTakesOfGhost, index, moveClass: MoveClass.Sometime);
        }

        if (state.Held is not null)
            Add(moves, MoveKind.HeldArrives, state.Held.Side, moveClass: MoveClass.Sometime);
    }

    // An engine takes its time to find out that nothing comes any more; and threads of their own tell of the channel and of the transports.
    private static void FindNews(WorldState state, Side side, int who, List<Move> moves)
    {
        LinkNews news = EngineMoves.NextNews(state, side);
        if (news == LinkNews.Connected && EngineMoves.CanOpenChannel(state, side))
            Add(moves, MoveKind.EngineNotices, who, (int)LinkNews.ChannelOpen);
        if (news != LinkNews.None)
        {
            bool isLoss = news is LinkNews.Disconnected or LinkNews.Failed;
            Add(moves, MoveKind.EngineNotices, who, (int)news, isLoss ? MoveClass.Sometime : MoveClass.Progress);
        }
    }

    public static void Make(WorldTurn turn, WorldState state, Move move)
    {
        int who = move.Who;
        switch ((MoveKind)move.Kind)
        {
            case MoveKind.ServerTakes:
                ServerMoves.Take(turn, who);
                break;
            case MoveKind.ServerTakesOfGhost:
                ServerMoves.TakeOfGhost(turn, who);
                break;
            case MoveKind.ServerNotices:
                ServerMoves.Notice(turn, who);
                break;
            case MoveKind.TakesEvent:
                Side side = turn[who];
                turn[who] = side with { Inbox = side.Inbox.RemoveAt(0) };
                turn.Give(who, side.Inbox[0]);
                break;
            case MoveKind.TakesPosted:
                side = turn[who];
                turn[who] = side with { Posted = side.Posted.RemoveAt(0) };
                turn.Give(who, side.Posted[0]);
                break;
            case MoveKind.EngineApplies:
                EngineMoves.Apply(turn, who);
                break;
            case MoveKind.EngineEnds:
                EngineMoves.End(turn, who);
                break;
            case MoveKind.MediaReady:
                turn[who] = turn[who] with { Media = MediaQuestion.None };
                turn.Give(who, new CallInput.MediaReady(EmptyStream.Instance));
                break;
            case MoveKind.CandidateFound:
                EngineMoves.FindCandidate(turn, who);
                break;
            case MoveKind.EngineNotices:
                EngineMoves.Notice(turn, who, (LinkNews)move.What);
                break;
            case MoveKind.Resumes:
                turn[who] = turn[who] with { IsInterrupted = false };
                turn.Give(who, new CallInput.Room(new RoomEvent.Resumed()));
                break;
            case MoveKind.HeldArrives:
                turn.Change(static changed => changed with { Held = null });
                if (turn[who].Stay == state.Held!.Stay)
                    turn.Give(who, state.Held.Input);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(move));
        }
    }

    private static void Add(List<Move> moves, MoveKind kind, int who, int what = 0, MoveClass moveClass = MoveClass.Progress) =>
        moves.Add(new Move(moveClass, (byte)kind, (byte)who, (byte)what));
}
