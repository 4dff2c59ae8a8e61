using System.CommandLine;
using RoomCall.LoadTest.Arguments;
using RoomCall.NativeCalls;
using RoomCall.NativeCalls.Bare;
using RoomCall.NativeCalls.RoomCallEnds;

const int echoes = 20;
const int messages = 64;

Option<int> rounds = NumberOption.Create("--rounds", "How many calls each contender makes, in turn.", usual: 15);
RootCommand command = new("Calls of SIPSorcery in one process: by hand, and through RoomCall.") { rounds };
command.SetAction((parsed, cancellationToken) => MeasureAsync(parsed.GetValue(rounds), cancellationToken));
return await command.Parse(args).InvokeAsync();

static async Task MeasureAsync(int rounds, CancellationToken cancellationToken)
{
    ThreadPool.SetMinThreads(64, 64);
    IContender[] contenders = [new BareContender(), new RoomCallContender(offersAhead: false), new RoomCallContender(offersAhead: true)];
    Dictionary<IContender, List<(double SetUp, double Echo, double Rate)>> results = [];
    foreach (IContender contender in contenders)
        results[contender] = [];
    for (int round = 0; round <= rounds; round++)
    {
        foreach (IContender contender in contenders)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (double SetUp, double Echo, double Rate) result = await Measurements.CallAsync(contender, echoes, messages);
            if (round > 0) // the first warms up
                results[contender].Add(result);
        }
    }

    Console.WriteLine("| | set-up, ms | round trip, ms | kB/s | managed kB per end | threads per end |");
    Console.WriteLine("|---|---|---|---|---|---|");
    foreach (IContender contender in contenders)
    {
        (double kiloBytes, double threads) = await Measurements.HoldAsync(contender);
        Console.WriteLine(FormattableString.Invariant(
            $"| {contender.Name} | {Cell(one => one.SetUp)} | {Cell(one => one.Echo)} | {Cell(one => one.Rate)} | {kiloBytes:F0} | {threads:F1} |"));

        string Cell(Func<(double SetUp, double Echo, double Rate), double> of)
        {
            // Of each round, the ratio to what the baseline did in it.
            IEnumerable<double> ratios = results[contender].Zip(results[contenders[0]], (one, bare) => of(one) / of(bare));
            return FormattableString.Invariant($"{Median(results[contender].Select(of)):F1} ({Median(ratios):F2})");
        }
    }
}

static double Median(IEnumerable<double> values)
{
    double[] sorted = [.. values.Order()];
    return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
