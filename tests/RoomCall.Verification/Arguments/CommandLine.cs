using System.CommandLine;
using RoomCall.Verification.Reports;
using RoomCall.Verification.Worlds;

namespace RoomCall.Verification.Arguments;

/// <summary>The program's arguments.</summary>
internal static class CommandLine
{
    private const int Unproved = 1;

    private static readonly Option<bool> Small = new("--small") { Description = "The small form, which the ordinary tests run." };

    private static readonly Option<bool> Deep = new("--deep")
    {
        Description = "Four wider scenarios instead, for a machine with much time and memory.",
    };

    private static readonly Option<string> Only = new("--only")
    {
        HelpName = "WORDS",
        Description = "Only those whose name contains this.",
        DefaultValueFactory = static _ => string.Empty,
    };

    private static readonly Option<DirectoryInfo?> Diagrams = new("--diagrams")
    {
        HelpName = "FOLDER",
        Description = "Write each counter-example into this folder, in words and as a Mermaid diagram.",
    };

    private static readonly Option<Act[]> Acts = new("--acts")
    {
        HelpName = "ACT",
        Description = $"What the world may do: {string.Join(", ", Enum.GetNames<Act>())}.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<bool> DataOnly = new("--data-only") { Description = "The two want no media: a smaller world." };

    private static readonly Option<int> Budget = NumberOption.Create("--budget", "N", "How often, all acts together.", usual: 1, least: 0);

    private static readonly Option<int> Limit =
        NumberOption.Create("--limit", "STATES", "Give up above so many states; a million take about 200 MB.", usual: 50_000_000);

    /// <summary>Runs the program.</summary>
    /// <returns>0: everything asked is proved; 1: it is not, or an argument is wrong.</returns>
    public static int Run(string[] args)
    {
        RootCommand root = new("Explores every interleaving of RoomCall's call flow, and of the book's beside it.") { Small, Deep, Only, Diagrams, Limit };
        root.SetAction(static result => Explore(
            Chosen(result.GetValue(Deep) ? Scenarios.Deep : result.GetValue(Small) ? Scenarios.Small : Scenarios.Full, result.GetValue(Only)!),
            result.GetValue(Limit),
            result.GetValue(Diagrams)));

        Command ask = new("ask", "Explores a question of your own: two who want media, and what the world may do to them.")
        {
            Acts, Budget, DataOnly, Limit,
        };
        ask.SetAction(static result => Ask(
            result.GetValue(Acts) ?? [], result.GetValue(Budget), result.GetValue(DataOnly), result.GetValue(Limit)));
        root.Subcommands.Add(ask);
        root.Subcommands.Add(SimulateCommand.Create());
        return root.Parse(args).Invoke();
    }

    private static IReadOnlyList<Scenario> Chosen(IReadOnlyList<Scenario> all, string words) =>
        [.. all.Where(scenario => scenario.Name.Contains(words, StringComparison.OrdinalIgnoreCase))];

    private static int Explore(IReadOnlyList<Scenario> scenarios, int limit, DirectoryInfo? diagrams)
    {
        if (scenarios.Count == 0)
        {
            Console.Error.WriteLine("No scenario has these words in its name.");
            return Unproved;
        }

        BookReport book = BookReport.Of();
        CallReport call = CallReport.Of(scenarios, limit);
        IReadOnlyList<CounterExampleFile> wrong = [.. call.CounterExamples()];
        Console.WriteLine($"{Summary.Of(book, call)}\nRoomCall:\n\n{call.ToTable()}\nThe book's defects:\n\n{book.ToTable()}");
        foreach (CounterExampleFile example in diagrams is null ? [] : book.CounterExamples().Concat(wrong))
            example.Write(diagrams!);

        return TellWhatIsWrong(call, wrong) && book.IsEachFound ? 0 : Unproved;
    }

    private static int Ask(Act[] acts, int budget, bool isDataOnly, int limit)
    {
        FlowRules rules = new() { WantsMedia = !isDataOnly };
        CallReport call = CallReport.Of([new Scenario($"any {budget} of {string.Join(", ", acts)}", rules, rules, acts, budget)], limit);
        Console.WriteLine(call.ToTable());
        return TellWhatIsWrong(call, call.CounterExamples()) ? 0 : Unproved;
    }

    private static bool TellWhatIsWrong(CallReport call, IEnumerable<CounterExampleFile> wrong)
    {
        foreach (CounterExampleFile example in wrong)
            Console.WriteLine($"{example.Title}:\n{example.Text}");

        return call.IsProved;
    }
}
