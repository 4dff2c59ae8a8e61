namespace RoomCall.Verification.Exploration;

/// <summary>A rule that is broken, and how.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Detail">A sentence that says what is wrong.</param>
internal sealed record Violation(Rule Rule, string Detail);
