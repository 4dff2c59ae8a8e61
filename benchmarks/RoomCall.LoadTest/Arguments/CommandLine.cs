using System.CommandLine;
using System.Globalization;
using RoomCall.LoadTest.Measures;
using RoomCall.LoadTest.Members;
using RoomCall.LoadTest.Reports;
using RoomCall.LoadTest.Servers;

namespace RoomCall.LoadTest.Arguments;

/// <summary>The program's arguments.</summary>
internal static class CommandLine
{
    private static readonly Option<string> Servers = ServerOption.Several("--servers", "Which servers, by name, with commas between them:", usual: "roomcall,raw,raw-zero,socketio");
    private static readonly Option<string> Base = ServerOption.One("--base", "Which of them the ratios are to.", usual: ServerKinds.Baseline);
    private static readonly Option<double> WarmUp = CreateSeconds("--warm-up", "How long each goes on before it is measured.", usual: 6);
    private static readonly Option<double> Seconds = CreateSeconds("--seconds", "How long each is measured.", usual: 4);
    private static readonly Option<int> Repeats = NumberOption.Create("--rounds", "How often each server is measured; the table has the medians.", usual: 5);
    private static readonly Option<int> Calls = NumberOption.Create("--calls", "How many calls are being set up at any time.", usual: 32);
    private static readonly Option<int> Pairs = NumberOption.Create("--pairs", "How many pairs send messages.", usual: 64);
    private static readonly Option<int> Window = NumberOption.Create("--window", "How many messages of each sender are under way.", usual: 1);
    private static readonly Option<int> Rate = NumberOption.Create("--rate", "Messages in a second, of all pairs together, where latency is measured.", usual: 4_000);
    private static readonly Option<int> Connections = NumberOption.Create("--connections", "How many connections wait where memory is measured.", usual: 10_000, least: 2);
    private static readonly Option<int> Joins = NumberOption.Create("--joins", "How many join at once.", usual: 2_000);
    private static readonly Option<int> WarmUpCalls = NumberOption.Create("--warm-up-calls", "How many calls there are before idle and admit.", usual: 2_000);

    public static Task<int> RunAsync(string[] args)
    {
        RootCommand root = new("Measures RoomCall's signaling server beside others: each in a process of its own, all in one run.")
        {
            Command("all", "All measures.", [WarmUp, Seconds, Calls, Pairs, Window, Rate, Connections, Joins, WarmUpCalls], static parse =>
                [SetUp(parse), .. Relay(parse), .. Latency(parse), Idle(parse), Admit(parse)]),
            Command("set-up", "Call set-ups per second, and the CPU time of one.", [WarmUp, Seconds, Calls], static parse => [SetUp(parse)]),
            Command("relay", "Messages per second, and the CPU time of one.", [WarmUp, Seconds, Pairs, Window], Relay),
            Command("latency", "How long messages take at the same rate for all servers.", [WarmUp, Seconds, Pairs, Rate], Latency),
            Command("idle", "Memory of connections that wait.", [Connections, WarmUpCalls], static parse => [Idle(parse)]),
            Command("admit", "How long it takes to admit many who join at once.", [Joins, WarmUpCalls], static parse => [Admit(parse)]),
        };
        return root.Parse(args).InvokeAsync();
    }

    private static Command Command(string name, string description, IEnumerable<Option> options, Func<ParseResult, IMeasure[]> measures)
    {
        Command command = new(name, description) { Servers, Base, Repeats };
        foreach (Option option in options) command.Options.Add(option);
        command.SetAction((parse, cancellationToken) => MeasureAsync(measures(parse), parse, cancellationToken));
        return command;
    }

    private static async Task MeasureAsync(IReadOnlyList<IMeasure> measures, ParseResult parse, CancellationToken cancellationToken)
    {
        ServerKind[] servers = [.. ServerOption.Names(parse.GetValue(Servers)!).Select(ServerKinds.Named)];
        if (servers.Any(server => server.Name == "socketio")) await SocketIoRelay.InstallAsync();
        string baseline = parse.GetValue(Base)!;
        int rounds = parse.GetValue(Repeats);
        Console.WriteLine(await Versions.DescribeAsync(servers));
        Console.WriteLine($"Medians of {rounds} rounds; in brackets the median of the rounds' ratios to {baseline}.\n");
        foreach (IMeasure measure in measures)
            Console.WriteLine(MarkdownTable.Of(await Rounds.RunAsync(measure, servers, rounds, cancellationToken), baseline));
    }

    private static SetUpMeasure SetUp(ParseResult parse) => new(PlanOf(parse), parse.GetValue(Calls));

    private static IMeasure[] Relay(ParseResult parse) =>
        [.. Sizes.Select(payload => new RelayMeasure(PlanOf(parse), parse.GetValue(Pairs), parse.GetValue(Window), payload))];

    private static IMeasure[] Latency(ParseResult parse) =>
        [.. Sizes.Select(payload => new LatencyMeasure(PlanOf(parse), parse.GetValue(Pairs), parse.GetValue(Rate), payload))];

    private static IdleMeasure Idle(ParseResult parse) => new(parse.GetValue(Connections), parse.GetValue(WarmUpCalls));

    private static AdmitMeasure Admit(ParseResult parse) => new(parse.GetValue(Joins), parse.GetValue(WarmUpCalls));

    private static string[] Sizes => [Payloads.Candidates[0], Payloads.Offer];

    private static Plan PlanOf(ParseResult parse) => new(TimeSpan.FromSeconds(parse.GetValue(WarmUp)), TimeSpan.FromSeconds(parse.GetValue(Seconds)));

    private static Option<double> CreateSeconds(string name, string description, double usual)
    {
        Option<double> seconds = new(name)
        {
            HelpName = "S",
            Description = description,
            DefaultValueFactory = _ => usual,
        };
        seconds.Validators.Add(result =>
        {
            if (result.Tokens is [var token] &&
                !(double.TryParse(token.Value, CultureInfo.InvariantCulture, out double length) && length is >= 0.1 and <= 60))
                result.AddError($"{name} takes 0.1 to 60, not '{token.Value}'.");
        });
        return seconds;
    }
}
