namespace RoomCall.Verification.Worlds;

/// <summary>What happens in a move of <see cref="CallWorld"/>.</summary>
internal enum MoveKind
{
    // --- progress

    /// <summary>The server takes the next message of a side.</summary>
    ServerTakes,

    /// <summary>The server takes the next message of one whose connection is dead.</summary>
    ServerTakesOfGhost,

    /// <summary>The server notices that a connection is dead.</summary>
    ServerNotices,

    /// <summary>A side takes the next event of the server.</summary>
    TakesEvent,

    /// <summary>A side takes what its own signaling posted.</summary>
    TakesPosted,

    /// <summary>The engine has applied a description, and has not said so yet.</summary>
    EngineApplies,

    /// <summary>The engine ends its next operation well.</summary>
    EngineEnds,
    MediaReady,
    CandidateFound,
    EngineNotices,
    Resumes,

    /// <summary>The copy that was held back arrives.</summary>
    HeldArrives,

    // --- time

    TimerElapses,

    /// <summary>The engine gives up a connection that does not come up.</summary>
    EngineGivesUp,
    NetworkReturns,

    // --- acts

    Act,
}
