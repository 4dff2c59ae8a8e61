using RoomCall.Verification.Book;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Reports;

/// <summary>What came of exploring the book's flow.</summary>
/// <param name="Witnesses">Each of its defects, with the shortest way to it.</param>
internal sealed record BookReport(IReadOnlyList<BookWitness> Witnesses)
{
    public bool IsEachFound => Witnesses.All(static witness => witness.Finding is not null);

    /// <summary>The explorations, each once.</summary>
    public IEnumerable<(BookScenario Scenario, ExplorationResult Exploration)> Explored =>
        Witnesses.Select(static witness => (witness.Defect.Scenario, witness.Exploration)).DistinctBy(static pair => pair.Scenario.Name);

    public static BookReport Of() => new(BookDefects.Find());

    /// <summary>The shortest way to each defect that was found.</summary>
    public IEnumerable<CounterExampleFile> CounterExamples() => Witnesses.Where(static witness => witness.Finding is not null)
        .Select(static (witness, number) => new CounterExampleFile(
            $"book-{number + 1:00}-{witness.Defect.Id}",
            $"{witness.Defect.Id}: {witness.Defect.Sentence}",
            witness.ToText(),
            witness.ToMermaid()));

    /// <summary>A row for each defect.</summary>
    public string ToTable()
    {
        MarkdownTable table = new("defect", "what is wrong", "rule that it breaks", "acts of the world", "moves of the shortest way");
        foreach (BookWitness witness in Witnesses)
        {
            table.Add(
                witness.Defect.Id,
                witness.Defect.Sentence,
                witness.Defect.Rule.ToString(),
                witness.Defect.Acts == BookActs.None ? "none" : witness.Defect.Acts.ToString(),
                witness.Finding is null ? "NOT FOUND" : witness.Moves.Count);
        }

        return table.ToString();
    }
}
