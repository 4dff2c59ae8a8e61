namespace RoomCall.InMemory;

/// <summary>Work that a <see cref="Trampoline"/> does when no lock is held.</summary>
internal interface IReadyWork
{
    /// <summary>Does the work, or at most <paramref name="budget"/> items of it.</summary>
    /// <returns>What is left of the budget. Who leaves items behind has put itself onto the thread pool.</returns>
    int Run(int budget);
}
