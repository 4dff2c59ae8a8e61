using Microsoft.Playwright;
using RoomCall.TimeToOpen.Browsers;
using RoomCall.TimeToOpen.Contenders;
using RoomCall.TimeToOpen.Reports;

namespace RoomCall.TimeToOpen;

/// <summary>Runs of all contenders: each round has one of each, in another order, so that what the machine does meanwhile meets all alike.</summary>
internal sealed class Rounds(IBrowser browser, Arena arena, IReadOnlyList<Contender> contenders, string media)
{
    // The order is another in each round, and the same whenever the program runs.
    private readonly Random _random = new(1);

    /// <summary>Runs some rounds that nobody counts, and then those that are counted.</summary>
    public async Task<IReadOnlyDictionary<Contender, Durations>> RunAsync(int warmUp, int rounds, CancellationToken cancellationToken)
    {
        Dictionary<Contender, Durations> found = contenders.ToDictionary(contender => contender, _ => new Durations());
        for (int round = -warmUp; round < rounds; round++)
        {
            Contender[] order = [.. contenders];
            _random.Shuffle(order);
            List<string> told = [];
            foreach (Contender contender in order)
            {
                double? taken = await TakenAsync(contender, cancellationToken);
                told.Add($"{contender.Name} {(taken is { } time ? $"{time:F0} ms" : "failed")}");
                if (round < 0) continue;
                if (taken is { } milliseconds) found[contender].Add(milliseconds);
                else found[contender].AddFailure();
            }

            string name = round < 0 ? "warm-up" : $"round {round + 1}";
            await Console.Error.WriteLineAsync($"{media}, {name}: {string.Join(", ", told)}");
        }

        return found;
    }

    /// <summary>Makes one call of each, and tells what happened when.</summary>
    public async Task<string> TraceAsync(CancellationToken cancellationToken)
    {
        List<string> timelines = [];
        foreach (Contender contender in contenders)
        {
            RunResult result = await new Run(browser, arena, contender, media) { IsTraced = true }.MakeAsync(cancellationToken);
            timelines.Add(Timeline.Of(contender, result));
        }

        return string.Join('\n', timelines);
    }

    private async Task<double?> TakenAsync(Contender contender, CancellationToken cancellationToken)
    {
        try
        {
            return (await new Run(browser, arena, contender, media).MakeAsync(cancellationToken)).TimeToOpen;
        }
        catch (RunFailedException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return null;
        }
    }
}
