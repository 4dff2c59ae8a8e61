using System.Collections.Immutable;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Book;

/// <summary>The defects of the book's flow that the explorer finds by itself.</summary>
internal static class BookDefects
{
    /// <summary>Whatever the world may do, once.</summary>
    public static BookScenario OneAct { get; } = new("the book's flow, one act of the world", BookActs.All, Budget: 1);

    /// <summary>The world does nothing, and a page whose handler has thrown goes on.</summary>
    public static BookScenario BehindThrow { get; } =
        new("the book's flow behind a throw, no act of the world", BookActs.None, Budget: 0, GoesOnAfterThrow: true);

    public static ImmutableArray<BookDefect> All { get; } =
    [
        new("D1", "an offer before local media kills the call", OneAct, Rule.NothingThrows),
        new("D2", "candidates before the remote description are refused", BehindThrow, Rule.CandidateAfterDescription),
        new(
            "D2",
            "candidates before the start are passed over",
            OneAct,
            Rule.NobodyWaitsForEver,
            BookActs.OvertakeMessage,
            BookActs.OfferApplied),
        new("D3", "after a remote hang-up nobody is initiator any more", OneAct, Rule.NextCall, BookActs.HangUp, BookActs.Connected),
        new("D4", "a peer that vanishes is never noticed", OneAct, Rule.NobodyWaitsForEver, BookActs.Vanish, BookActs.Connected),
        new("D5", "refused media leaves both sides waiting", OneAct, Rule.NobodyWaitsForEver, BookActs.RefuseMedia),
        new("D6", "no phase has a time-out", OneAct, Rule.NobodyWaitsForEver, BookActs.LoseMessage),
        new("D7", "signals of an earlier call reach the next one", OneAct, Rule.SameNegotiation, BookActs.HangUp),
        new("D8", "a repeated message throws", OneAct, Rule.NothingThrows, BookActs.DuplicateMessage, BookActs.OfferApplied),
        new("D9", "the relay reaches the wrong peers", OneAct, Rule.NothingThrows, BookActs.ThirdJoins, BookActs.Strayed),
        new(
            "D10",
            "a lost connection is never repaired and never ended",
            OneAct,
            Rule.NobodyWaitsForEver,
            BookActs.BreakLink,
            BookActs.Connected),
    ];

    /// <summary>Explores what is needed, each question once, and looks for all of them.</summary>
    public static IReadOnlyList<BookWitness> Find()
    {
        Dictionary<BookScenario, ExplorationResult> explorations = [];
        List<BookWitness> witnesses = [];
        foreach (BookDefect defect in All)
        {
            if (!explorations.TryGetValue(defect.Scenario, out ExplorationResult? exploration))
            {
                exploration = defect.Scenario.Explore();
                explorations.Add(defect.Scenario, exploration);
            }

            // Findings come shortest first.
            witnesses.Add(new BookWitness(defect, exploration, exploration.Findings.FirstOrDefault(defect.IsShownBy)));
        }

        return witnesses;
    }
}
