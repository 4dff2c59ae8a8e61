using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Book;

/// <summary>A defect of the book's flow, and what the explorer finds where it is.</summary>
/// <param name="Id">Its id, as in the list of the reference's defects.</param>
/// <param name="Sentence">What is wrong.</param>
/// <param name="Scenario">The question in which it is looked for.</param>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Acts">What the world does for it: these kinds of acts, and no other.</param>
/// <param name="HowFar">How far the call has come at least before it breaks, so that no other defect is taken for this one.</param>
internal sealed record BookDefect(
    string Id,
    string Sentence,
    BookScenario Scenario,
    Rule Rule,
    BookActs Acts = BookActs.None,
    BookActs HowFar = BookActs.None)
{
    public bool IsShownBy(Finding finding)
    {
        BookActs acts = (BookActs)finding.Acts;
        return finding.Violation.Rule == Rule && (acts & BookActs.All) == Acts && (acts & HowFar) == HowFar;
    }
}
