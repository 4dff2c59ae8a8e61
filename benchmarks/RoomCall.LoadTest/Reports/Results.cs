using RoomCall.LoadTest.Measures;

namespace RoomCall.LoadTest.Reports;

/// <summary>What a measure found of each server, round by round.</summary>
internal sealed class Results(string title)
{
    private readonly Dictionary<string, List<IReadOnlyList<Figure>>> _rounds = [];

    public string Title => title;

    /// <summary>In the order in which they were first measured.</summary>
    public IEnumerable<string> Servers => _rounds.Keys;

    /// <summary>The figures' names.</summary>
    public IEnumerable<Figure> Columns => _rounds.Values.First()[0];

    public void Add(string server, IReadOnlyList<Figure> figures)
    {
        if (!_rounds.TryGetValue(server, out List<IReadOnlyList<Figure>>? rounds)) _rounds[server] = rounds = [];
        rounds.Add(figures);
    }

    public double MedianOf(string server, int column) => Median(_rounds[server].Select(round => round[column].Value));

    /// <summary>The median of the rounds' ratios to another server; null where the other was not measured.</summary>
    public double? RatioOf(string server, string to, int column) =>
        _rounds.TryGetValue(to, out List<IReadOnlyList<Figure>>? others)
            ? Median(_rounds[server].Zip(others, (one, other) => one[column].Value / other[column].Value))
            : null;

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
