using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Book;

/// <summary>
/// Tries the next call from a rest in which there is none: those who were told that the room is full and those who have hung up close their
/// pages, and browsers come until two are in the room. All orders of what happens then are tried, so that "impossible" means that no order
/// gives them a call.
/// </summary>
internal sealed class BookNextCall
{
    private readonly Dictionary<UInt128, string?> _known = [];
    private readonly StateWriter _writer = new();

    /// <summary>Why no next call can come about; null: one can.</summary>
    public string? WhyImpossible(BookState state)
    {
        List<string> staying = [];
        bool isInitiator = false;
        foreach (BookPage page in state.Pages)
        {
            if (page.End is not (BookEnd.Full or BookEnd.HungUp))
            {
                staying.Add(page.Name);
                isInitiator |= page.IsInitiator;
            }
        }

        BookState next = state with
        {
            Acts = BookActs.None,
            ActsLeft = 0,
            Pages = state.Pages.RemoveAll(static page => page.End is BookEnd.Full or BookEnd.HungUp),
        };
        List<string> coming = [];
        for (int browser = 0; BookRoom.Places > staying.Count + coming.Count; browser++)
        {
            if (next.PageOf(browser) is null)
            {
                next = next.Open(browser);
                coming.Add(next.Pages[^1].Name);
            }
        }

        UInt128 fingerprint = Fingerprint(next);
        if (!_known.TryGetValue(fingerprint, out string? why))
        {
            why = CanConnect(next) ? null : Explain(staying, coming, isInitiator);
            _known.Add(fingerprint, why);
        }

        return why;
    }

    private static string Explain(List<string> staying, List<string> coming, bool isInitiator)
    {
        string who = string.Join(" and ", staying);
        string others = coming.Count > 0 ? $" and {string.Join(" and ", coming)} comes" : "";
        string why = isInitiator ? "no order of events gives them a call" : "none of them is the initiator, so nobody ever offers";
        return $"{who} stays{others}: {why}.";
    }

    private bool CanConnect(BookState start)
    {
        BookModel model = new(new BookScenario("the next call", BookActs.None, Budget: 0));
        HashSet<UInt128> seen = [];
        Stack<BookState> open = new([start]);
        List<Move> moves = [];
        while (open.TryPop(out BookState? state))
        {
            if (BookJudge.IsCall(state))
                return true;

            if (!seen.Add(Fingerprint(state)))
                continue;

            moves.Clear();
            model.FindMoves(state, moves);
            foreach (Move move in moves)
            {
                BookState next = model.Take(state, move, out Violation? violation);
                if (violation is null)
                    open.Push(next);
            }
        }

        return false;
    }

    private UInt128 Fingerprint(BookState state)
    {
        _writer.Clear();
        state.Write(_writer);
        return _writer.Fingerprint();
    }
}
