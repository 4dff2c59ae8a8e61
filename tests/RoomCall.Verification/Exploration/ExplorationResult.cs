namespace RoomCall.Verification.Exploration;

/// <summary>What came of walking all states.</summary>
/// <param name="States">How many different states were reached.</param>
/// <param name="Moves">How many moves were made between them.</param>
/// <param name="Rests">In how many of them nothing is under way and no deadline runs.</param>
/// <param name="Findings">What is wrong, shortest ways first.</param>
/// <param name="IsComplete">Every state that can be reached was; false: the limit came first, and nothing is proved.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record ExplorationResult(
    int States,
    long Moves,
    int Rests,
    IReadOnlyList<Finding> Findings,
    bool IsComplete,
    TimeSpan Elapsed)
{
    /// <summary>Resting states in which somebody waits for ever or no next call comes about, and circles.</summary>
    public long DeadEnds => Findings.Where(finding => finding.Violation.Rule >= Rule.NobodyWaitsForEver).Sum(finding => finding.Count);

    /// <summary>Moves that break a safety rule.</summary>
    public long SafetyViolations => Findings.Where(finding => finding.Violation.Rule < Rule.NobodyWaitsForEver).Sum(finding => finding.Count);
}
