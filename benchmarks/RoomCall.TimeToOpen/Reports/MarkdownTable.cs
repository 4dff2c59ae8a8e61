using System.Globalization;
using System.Text;
using RoomCall.TimeToOpen.Contenders;

namespace RoomCall.TimeToOpen.Reports;

/// <summary>Shows what was found as a table.</summary>
internal static class MarkdownTable
{
    /// <param name="title">Stands above it.</param>
    /// <param name="rows">The contenders, in order.</param>
    /// <param name="found">What was found of each.</param>
    /// <param name="roundTrip">The network's, which the medians are also told in; zero where there was none.</param>
    public static string Of(string title, IEnumerable<Contender> rows, IReadOnlyDictionary<Contender, Durations> found, TimeSpan roundTrip)
    {
        StringBuilder table = new();
        table.Append(CultureInfo.InvariantCulture, $"### {title}\n\n");
        table.Append("| contender | median, ms | p95, ms | median, round trips | median to the book's | opened |\n|---|---|---|---|---|---|\n");
        Durations? baseline = found.FirstOrDefault(pair => pair.Key.Name == AllContenders.Baseline).Value;
        foreach (Contender contender in rows)
        {
            Durations durations = found[contender];
            string opened = string.Create(CultureInfo.InvariantCulture, $"{durations.Count} of {durations.Count + durations.Failed}");
            table.Append(CultureInfo.InvariantCulture, $"| {contender.Name}: {contender.Description} | {Figures(durations, baseline, roundTrip)} | {opened} |\n");
        }

        return table.ToString();
    }

    private static string Figures(Durations durations, Durations? baseline, TimeSpan roundTrip)
    {
        if (durations.Count == 0) return "– | – | – | –";
        string trips = roundTrip > TimeSpan.Zero ? Rounded(durations.Median / roundTrip.TotalMilliseconds, "F1") : "–";
        string ratio = baseline is { Count: > 0 } ? Rounded(durations.Median / baseline.Median, "F2") : "–";
        return $"{Rounded(durations.Median, "F0")} | {Rounded(durations.Percentile95, "F0")} | {trips} | {ratio}";
    }

    private static string Rounded(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
