namespace RoomCall.LoadTest.Measures;

/// <summary>One number that a measure found.</summary>
/// <param name="Name">What it tells, with its unit: the heading of its column.</param>
/// <param name="Value">The number.</param>
/// <param name="IsCompared">Whether its ratio to the baseline's is shown.</param>
internal sealed record Figure(string Name, double Value, bool IsCompared = true);
