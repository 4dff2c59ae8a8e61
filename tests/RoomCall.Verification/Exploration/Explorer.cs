using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RoomCall.Verification.Exploration;

/// <summary>Walks all states of a model, breadth first, so that the first way to a state is a shortest one.</summary>
/// <typeparam name="TState">One state of the whole world.</typeparam>
/// <param name="model">What is walked.</param>
/// <param name="maxStates">Above so many states it gives up, and proves nothing.</param>
/// <param name="until">It stops as soon as this rule is broken; null: it goes on.</param>
internal sealed class Explorer<TState>(IModel<TState> model, int maxStates = int.MaxValue, Rule? until = null)
    where TState : class
{
    private readonly StateGraph _graph = new();
    private readonly Queue<TState> _frontier = new();
    private readonly StateWriter _writer = new();
    private readonly List<Move> _moves = [];
    private readonly Dictionary<(Rule Rule, ulong Acts), Finding> _findings = [];
    private long _moveCount;
    private int _rests;
    private bool _isEnough;

    public ExplorationResult Run()
    {
        Stopwatch watch = Stopwatch.StartNew();
        foreach (TState start in model.Starts)
            Reach(start, parent: -1, move: 0);

        int expanded = 0;
        while (_graph.Count <= maxStates && !_isEnough && _frontier.TryDequeue(out TState? state))
            Expand(state, expanded++);

        bool isComplete = _frontier.Count == 0 && !_isEnough;
        if (isComplete && Liveness.FindCircle(_graph) is { } circle)
            Find(new Violation(Rule.ComesToRest, "From here the same moves can be repeated for ever."), acts: 0, circle, last: null);

        return new ExplorationResult(
            _graph.Count,
            _moveCount,
            _rests,
            [.. _findings.Values.OrderBy(finding => finding.Moves.Count)],
            isComplete,
            watch.Elapsed);
    }

    private void Expand(TState state, int number)
    {
        _graph.BeginEdges();
        _moves.Clear();
        model.FindMoves(state, _moves);
        bool isUnderWay = _moves.Exists(static move => move.Class == MoveClass.Progress);
        if (!_moves.Exists(move => IsOwed(move, isUnderWay)))
            Rest(state, number);

        foreach (Move move in CollectionsMarshal.AsSpan(_moves))
        {
            _moveCount++;
            TState next = model.Take(state, move, out Violation? violation);
            if (violation is not null)
            {
                // Nothing is asked of what lies behind a broken rule.
                Find(violation, model.ActsOf(next), number, move);
                continue;
            }

            int reached = Reach(next, number, move.Pack());
            if (IsOwed(move, isUnderWay))
                _graph.AddEdge(reached);
        }
    }

    // What a world that behaves does next.
    private static bool IsOwed(Move move, bool isUnderWay) =>
        isUnderWay ? move.Class == MoveClass.Progress : move.Class is MoveClass.Sometime or MoveClass.Time;

    private void Rest(TState state, int number)
    {
        _rests++;
        if (model.JudgeRest(state) is { } violation)
            Find(violation, model.ActsOf(state), number, last: null);
    }

    private int Reach(TState state, int parent, int move)
    {
        _writer.Clear();
        model.Write(state, _writer);
        if (_graph.TryAdd(_writer.Fingerprint(), parent, move, out int number))
            _frontier.Enqueue(state);
        return number;
    }

    private void Find(Violation violation, ulong acts, int state, Move? last)
    {
        ref Finding? known = ref CollectionsMarshal.GetValueRefOrAddDefault(_findings, (violation.Rule, acts), out bool isKnown);
        if (isKnown)
        {
            known!.Count++;
            return;
        }

        _isEnough |= violation.Rule == until;
        (int start, List<Move> moves) = _graph.Path(state);
        known = new Finding(violation, acts, start, last is { } move ? [.. moves, move] : moves);
    }
}
