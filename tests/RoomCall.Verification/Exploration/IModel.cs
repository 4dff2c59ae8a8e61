namespace RoomCall.Verification.Exploration;

/// <summary>What an <see cref="Explorer{TState}"/> walks: states, and the moves between them. All of it pure: a state never changes.</summary>
/// <typeparam name="TState">One state of the whole world.</typeparam>
internal interface IModel<TState>
    where TState : class
{
    /// <summary>The states that everything begins in.</summary>
    IEnumerable<TState> Starts { get; }

    /// <summary>Adds all that may happen next.</summary>
    void FindMoves(TState state, List<Move> moves);

    /// <summary>What comes of a move.</summary>
    /// <param name="state">Where it is made.</param>
    /// <param name="move">One of those that <see cref="FindMoves"/> has found there.</param>
    /// <param name="violation">The rule that it breaks, or null.</param>
    TState Take(TState state, Move move, out Violation? violation);

    /// <summary>Writes all that decides what can happen later, and nothing else: two states that write the same are the same.</summary>
    void Write(TState state, StateWriter writer);

    /// <summary>Judges a state in which nothing is under way and no deadline runs.</summary>
    /// <returns>The rule that is broken by staying there, or null.</returns>
    Violation? JudgeRest(TState state);

    /// <summary>The acts of the world so far, one bit for each kind.</summary>
    ulong ActsOf(TState state);

    /// <summary>Tells a move in the words of the call flow.</summary>
    MoveText Tell(TState state, Move move);
}
