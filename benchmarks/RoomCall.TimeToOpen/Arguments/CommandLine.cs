using System.CommandLine;
using RoomCall.LoadTest.Arguments;
using RoomCall.TimeToOpen.Browsers;
using RoomCall.TimeToOpen.Contenders;
using RoomCall.TimeToOpen.Reports;

namespace RoomCall.TimeToOpen.Arguments;

/// <summary>The program's arguments.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan ClosingLimit = TimeSpan.FromSeconds(20);

    private static readonly Dictionary<string, string> Media = new()
    {
        ["none"] = "The data channel alone",
        ["camera"] = "With camera and microphone on both sides, asked for as each flow does",
    };

    private static readonly Option<int> Repeats = NumberOption.Create("--runs", "How often each is measured.", usual: 30);
    private static readonly Option<int> WarmUp = NumberOption.Create("--warm-up", "How often each runs before it is measured.", usual: 3, least: 0);
    private static readonly Option<int> RoundTrip = NumberOption.Create("--round-trip", "Milliseconds to a signaling server and back.", usual: 100, least: 0);
    private static readonly Option<string> Only = NamesOption.Create(
        "--only",
        "Which contenders, by name, with commas between them:\n" + string.Join("\n", AllContenders.List.Select(one => $"{one.Name}: {one.Description}")),
        [.. AllContenders.List.Select(one => one.Name)]);

    private static readonly Option<string> WithMedia = NamesOption.Create("--media", "With which media; a table for each.", [.. Media.Keys], usual: "none");
    private static readonly Option<bool> Trace = new("--trace") { Description = "Tell what happens when in one more run of each." };

    public static Task<int> RunAsync(string[] args)
    {
        RootCommand root = new("Measures the time from joining a room where somebody waits to the data channel open on both sides, in Chromium, beside others.")
        {
            Repeats, WarmUp, RoundTrip, Only, WithMedia, Trace,
        };
        root.SetAction(MeasureAsync);
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = ClosingLimit });
    }

    private static async Task MeasureAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        Contender[] contenders = [.. NamesOption.Split(parse.GetValue(Only)!).Select(AllContenders.Named)];
        TimeSpan roundTrip = TimeSpan.FromMilliseconds(parse.GetValue(RoundTrip));
        await using Arena arena = await Arena.OpenAsync(contenders, roundTrip, cancellationToken);
        await using Chromium chromium = await Chromium.LaunchAsync();
        Console.WriteLine(await Conditions.DescribeAsync(chromium.Browser.Version, contenders));
        Console.WriteLine($"{parse.GetValue(Repeats)} runs of each; a round trip of signaling takes {roundTrip.TotalMilliseconds} ms.\n");
        foreach (string media in NamesOption.Split(parse.GetValue(WithMedia)!))
        {
            Rounds rounds = new(chromium.Browser, arena, contenders, media);
            IReadOnlyDictionary<Contender, Durations> found = await rounds.RunAsync(parse.GetValue(WarmUp), parse.GetValue(Repeats), cancellationToken);
            Console.WriteLine(MarkdownTable.Of(Media[media], contenders, found, roundTrip));
            if (parse.GetValue(Trace)) Console.WriteLine($"```\n{await rounds.TraceAsync(cancellationToken)}```\n");
        }
    }
}
