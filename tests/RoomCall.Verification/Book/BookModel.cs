using System.Collections.Immutable;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Book;

/// <summary>
/// The call flow of the book, as its rows S1 to S26 tell it, in a faulty world: what <see cref="Explorer{TState}"/> walks. The book has no
/// timer, so time never helps.
/// </summary>
internal sealed class BookModel(BookScenario scenario) : IModel<BookState>
{
    private readonly BookNextCall _nextCall = new();

    public static ImmutableArray<string> Participants { get; } = ["Alice", BookWords.Server, "Bob", "Carol"];

    public IEnumerable<BookState> Starts => [new BookState { ActsLeft = scenario.Budget }.Open(0).Open(1)];

    public void FindMoves(BookState state, List<Move> moves)
    {
        BookProgress.Find(state, moves);
        if (state.ActsLeft > 0)
            BookWorldActs.Find(state, scenario.Acts, moves);
    }

    public BookState Take(BookState state, Move move, out Violation? violation)
    {
        violation = null;
        BookState next = move.Class == MoveClass.Act
            ? BookWorldActs.Make(state, move)
            : BookProgress.Make(state, move, out violation);

        if (violation is { Rule: Rule.NothingThrows } && scenario.GoesOnAfterThrow)
        {
            violation = null;
            next = next with { Acts = next.Acts | BookActs.Threw };
        }

        if (BookJudge.IsCall(next))
            next = next with { Acts = next.Acts | BookActs.Connected };

        violation ??= BookJudge.JudgeMoment(next);
        return next;
    }

    public void Write(BookState state, StateWriter writer) => state.Write(writer);

    public Violation? JudgeRest(BookState state)
    {
        List<string> reasons = [];
        foreach (BookPage page in state.Pages)
        {
            if (BookJudge.WhyNotWell(state, page) is { } reason)
                reasons.Add(reason);
        }

        if (reasons.Count > 0)
            return new Violation(Rule.NobodyWaitsForEver, string.Join(' ', reasons));

        return BookJudge.IsCall(state) || _nextCall.WhyImpossible(state) is not { } impossible
            ? null
            : new Violation(Rule.NextCall, impossible);
    }

    public ulong ActsOf(BookState state) => (ulong)state.Acts;

    public MoveText Tell(BookState state, Move move) => BookWords.Tell(this, state, move);
}
