namespace RoomCall.TimeToOpen.Reports;

/// <summary>How long a contender's runs took, in milliseconds.</summary>
internal sealed class Durations
{
    private readonly List<double> _all = [];

    public int Count => _all.Count;

    /// <summary>How many runs did not come to an end.</summary>
    public int Failed { get; private set; }

    /// <summary>Half of the runs took less.</summary>
    public double Median => (Sorted()[(_all.Count - 1) / 2] + Sorted()[_all.Count / 2]) / 2;

    /// <summary>95 of a hundred runs took no longer: the nearest rank.</summary>
    public double Percentile95 => Sorted()[(int)Math.Ceiling(0.95 * _all.Count) - 1];

    public void Add(double milliseconds) => _all.Add(milliseconds);

    public void AddFailure() => Failed++;

    private double[] Sorted() => [.. _all.Order()];
}
