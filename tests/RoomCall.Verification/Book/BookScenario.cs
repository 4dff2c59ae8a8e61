using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Book;

/// <summary>One question to the explorer about the book's flow.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Acts">What the world may do.</param>
/// <param name="Budget">How often, all acts together.</param>
/// <param name="GoesOnAfterThrow">A page whose handler has thrown goes on, as in a browser, and what breaks behind that is judged; otherwise
/// the throw is the violation and nothing is asked of what lies behind it.</param>
internal sealed record BookScenario(string Name, BookActs Acts, int Budget, bool GoesOnAfterThrow = false)
{
    public ExplorationResult Explore(int maxStates = int.MaxValue) => new Explorer<BookState>(new BookModel(this), maxStates).Run();
}
