namespace RoomCall.Verification.Exploration;

/// <summary>All the states that break one rule after the same kinds of acts, with the shortest way to one of them.</summary>
/// <param name="Violation">What is wrong at the end of that way.</param>
/// <param name="Acts">The acts of the world on that way, one bit for each kind.</param>
/// <param name="Start">The number of the state in which that way begins.</param>
/// <param name="Moves">The way.</param>
internal sealed record Finding(Violation Violation, ulong Acts, int Start, IReadOnlyList<Move> Moves)
{
    /// <summary>How many states or moves break the rule so.</summary>
    public long Count { get; set; } = 1;
}
