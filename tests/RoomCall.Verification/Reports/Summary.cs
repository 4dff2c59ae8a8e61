using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Reports;

/// <summary>The book's flow and RoomCall's side by side.</summary>
internal static class Summary
{
    public static string Of(BookReport book, CallReport call)
    {
        MarkdownTable table = new("flow", "states explored", "moves", "dead ends", "safety violations", "time of all cores");
        Add(table, "the book", [.. book.Explored.Select(static pair => pair.Exploration)]);
        Add(table, "RoomCall", [.. call.Explored.Select(static pair => pair.Exploration)]);
        return table.ToString();
    }

    private static void Add(MarkdownTable table, string flow, IReadOnlyList<ExplorationResult> explored) => table.Add(
        explored.All(static exploration => exploration.IsComplete) ? flow : $"{flow} (NOT COMPLETE)",
        explored.Sum(static exploration => (long)exploration.States),
        explored.Sum(static exploration => exploration.Moves),
        explored.Sum(static exploration => exploration.DeadEnds),
        explored.Sum(static exploration => exploration.SafetyViolations),
        TimeSpan.FromTicks(explored.Sum(static exploration => exploration.Elapsed.Ticks)));
}
