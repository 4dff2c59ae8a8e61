using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Worlds;

/// <summary>
/// Two programs and a third, each with the call flow that ships, the room's rules that ship, and a faulty world around them: what
/// <see cref="Explorer{TState}"/> walks. Each connection to the server keeps its order; all else is free against all else.
/// </summary>
internal sealed class CallWorld(Scenario scenario) : IModel<WorldState>
{
    public const int SideCount = 3;

    private const int Third = 2;

    private readonly NextCall _nextCall = new();

    public Scenario Scenario => scenario;

    public IEnumerable<WorldState> Starts
    {
        get
        {
            WorldState empty = new()
            {
                Sides = [new Side("Alice", scenario.Alice), new Side("Bob", scenario.Bob), new Side("Carol", scenario.Alice)],
                ActsLeft = scenario.Budget,
            };
            WorldTurn turn = new(empty, scenario);
            turn.Join(0);
            turn.Join(1);
            yield return turn.Result;
        }
    }

    public void FindMoves(WorldState state, List<Move> moves)
    {
        ProgressMoves.Find(state, moves);
        bool isUnderWay = moves.Exists(static move => move.Class == MoveClass.Progress);
        if (!isUnderWay)
            TimeMoves.Find(state, MoveClass.Time, moves);

        if (state.ActsLeft > 0)
        {
            if (isUnderWay && scenario.Allows(Act.SlowWorld))
                TimeMoves.Find(state, MoveClass.Act, moves);
            ActMoves.Find(scenario, state, moves);
        }
    }

    public WorldState Take(WorldState state, Move move, out Violation? violation)
    {
        WorldTurn turn = new(state, scenario);
        if (move.Class == MoveClass.Act)
        {
            Act act = (MoveKind)move.Kind == MoveKind.Act ? (Act)move.What : Act.SlowWorld;
            turn.Change(changed => changed with { ActsLeft = changed.ActsLeft - 1, Acts = changed.Acts | (1ul << (int)act) });
        }

        switch ((MoveKind)move.Kind)
        {
            case MoveKind.TimerElapses or MoveKind.EngineGivesUp or MoveKind.NetworkReturns:
                TimeMoves.Make(turn, move);
                break;
            case MoveKind.Act:
                ActMoves.Make(turn, state, move);
                break;
            default:
                ProgressMoves.Make(turn, state, move);
                break;
        }

        violation = turn.Violation;
        return turn.Result;
    }

    public void Write(WorldState state, StateWriter writer) => WorldWriter.Write(writer, state);

    public ulong ActsOf(WorldState state) => state.Acts;

    public MoveText Tell(WorldState state, Move move) => MoveWords.Tell(state, move);

    public Violation? JudgeRest(WorldState state)
    {
        foreach (Side side in state.Sides)
        {
            if (side is { IsRunning: true, IsFrozen: false } && WhyNotWell(state, side) is { } reason)
                return new Violation(Rule.NobodyWaitsForEver, reason);
        }

        foreach (string member in state.Room.Members)
        {
            if (!state.Sides.Any(side => side.IsRunning && side.Id == member))
                return new Violation(Rule.NobodyWaitsForEver, $"{member} is gone, and keeps a place in the room.");
        }

        if (state.ActsLeft == scenario.Budget && !state.Sides.Any(static side => side.Flow.Phase == CallPhase.Connected))
            return new Violation(Rule.NobodyWaitsForEver, "Two that were left in peace have no call.");

        return _nextCall.IsPossible(this, state)
            ? null
            : new Violation(Rule.NextCall, "From here no next call in this room comes about.");
    }

    /// <summary>A session whose program does something of its own accord, without an act of the world being counted.</summary>
    public WorldState Do(WorldState state, Action<WorldTurn> act)
    {
        WorldTurn turn = new(state, scenario);
        act(turn);
        return turn.Result;
    }

    private static string? WhyNotWell(WorldState state, Side side)
    {
        FlowState flow = side.Flow;
        if (!state.Room.Holds(side.Id))
            return $"{side.Id} is {flow.Phase} for ever, and not in the room.";

        Side? other = state.Sides.FirstOrDefault(other => other.IsRunning && other.Id != side.Id && state.Room.Holds(other.Id));
        bool isWaiting = flow is { Phase: CallPhase.Waiting, IsInitiator: true };
        if (other is null)
            return isWaiting ? null : $"{side.Id} is alone, and {flow.Phase} for ever.";

        if (other.IsFrozen && isWaiting)
            return null; // beside one who has said bye and stands still: until its place is free

        bool isCall = flow.Phase == CallPhase.Connected
            && flow.DataChannelState == DataChannels.DataChannelState.Open
            && flow.Remote == other.Id
            && flow.Generation == other.Flow.Generation
            && flow.IsInitiator != other.Flow.IsInitiator
            && side.Connection is { Reported: PeerConnections.PeerConnectionState.Connected } mine
            && other.Connection is { } theirs && mine.IsMirroredBy(theirs) && mine.Link == mine.Agreed;
        return isCall ? null : $"{side.Id} is {flow.Phase} for ever beside {other.Id}, which is {other.Flow.Phase}.";
    }
}
