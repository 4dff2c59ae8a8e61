using System.Runtime.InteropServices;

namespace RoomCall.Verification.Exploration;

/// <summary>The states that were reached, numbered in the order of a breadth-first search: how each was reached first, and where a world
/// that behaves goes from there. The states themselves are not kept, only their fingerprints.</summary>
internal sealed class StateGraph
{
    private readonly Dictionary<UInt128, int> _numbers = [];
    private readonly List<int> _parents = [];
    private readonly List<int> _moves = [];
    private readonly List<int> _firstEdges = [];
    private readonly List<int> _edges = [];

    public int Count => _parents.Count;

    /// <summary>Adds a state unless it is there; says whether it is new.</summary>
    public bool TryAdd(UInt128 fingerprint, int parent, int move, out int number)
    {
        ref int known = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, fingerprint, out bool isKnown);
        if (!isKnown)
        {
            known = Count;
            _parents.Add(parent);
            _moves.Add(move);
        }

        number = known;
        return !isKnown;
    }

    /// <summary>Begins the edges of the next state; states are expanded in the order of their numbers.</summary>
    public void BeginEdges() => _firstEdges.Add(_edges.Count);

    public void AddEdge(int to) => _edges.Add(to);

    /// <summary>Where a world that behaves may go from a state.</summary>
    public ReadOnlySpan<int> Edges(int state)
    {
        int first = _firstEdges[state];
        int end = state + 1 < _firstEdges.Count ? _firstEdges[state + 1] : _edges.Count;
        return CollectionsMarshal.AsSpan(_edges)[first..end];
    }

    /// <summary>The shortest way to a state: the number of the start, and the moves from there.</summary>
    public (int Start, List<Move> Moves) Path(int state)
    {
        List<Move> moves = [];
        while (_parents[state] >= 0)
        {
            moves.Add(Move.Unpack(_moves[state]));
            state = _parents[state];
        }

        moves.Reverse();
        return (state, moves);
    }
}
