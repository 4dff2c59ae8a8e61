using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Book;

/// <summary>What the explorer found of a defect.</summary>
/// <param name="Defect">The defect.</param>
/// <param name="Exploration">The exploration in which it was looked for.</param>
/// <param name="Finding">The finding with the shortest way among those that show it; null: none does.</param>
internal sealed record BookWitness(BookDefect Defect, ExplorationResult Exploration, Finding? Finding)
{
    /// <summary>The shortest counter-example, move by move; none where the defect was not found.</summary>
    public IReadOnlyList<MoveText> Moves { get; } =
        Finding is null ? [] : CounterExample.Tell(new BookModel(Defect.Scenario), Finding);

    public string ToText() => Finding is null ? "not found" : CounterExample.ToText(Moves, Finding.Violation);

    public string ToMermaid() => Finding is null
        ? "not found"
        : CounterExample.ToMermaid(Moves, Finding.Violation, BookModel.Participants.Where(IsInMoves));

    private bool IsInMoves(string participant) => Moves.Any(move => move.From == participant || move.To == participant);
}
