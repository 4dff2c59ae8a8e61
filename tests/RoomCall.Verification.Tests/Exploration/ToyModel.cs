using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Tests.Exploration;

/// <summary>A world of a few named places, with ways between them.</summary>
internal sealed class ToyModel(string start, params ToyWay[] ways) : IModel<string>
{
    /// <summary>Where nobody must stay.</summary>
    public string? WrongRest { get; init; }

    /// <summary>Where nobody must go.</summary>
    public string? Forbidden { get; init; }

    public IEnumerable<string> Starts => [start];

    public void FindMoves(string state, List<Move> moves)
    {
        for (int i = 0; i < ways.Length; i++)
        {
            if (ways[i].From == state)
                moves.Add(new Move(ways[i].Class, 0, 0, (byte)i));
        }
    }

    public string Take(string state, Move move, out Violation? violation)
    {
        string to = ways[move.What].To;
        violation = to == Forbidden ? new Violation(Rule.NothingThrows, $"It is in {to}.") : null;
        return to;
    }

    public void Write(string state, StateWriter writer) => writer.Text(state);

    public Violation? JudgeRest(string state) =>
        state == WrongRest ? new Violation(Rule.NobodyWaitsForEver, $"It stays in {state}.") : null;

    public ulong ActsOf(string state) => 0;

    public MoveText Tell(string state, Move move)
    {
        ToyWay way = ways[move.What];
        return new MoveText(way.From, way.To, $"goes; to #{way.To}", way.Class == MoveClass.Act);
    }
}
