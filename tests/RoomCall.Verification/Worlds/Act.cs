namespace RoomCall.Verification.Worlds;

/// <summary>What the world may do to a call at any moment, a bounded number of times.</summary>
internal enum Act
{
    // --- the users

    HangUp,
    JoinAgain,
    ThirdJoins,
    RefuseMedia,

    /// <summary>The user never answers the question for camera and microphone.</summary>
    LeaveMediaOpen,

    /// <summary>Media comes after its deadline.</summary>
    LateMedia,

    // --- programs, and the way to the server

    Crash,

    /// <summary>The program stands still: its connections stay up, and nothing more comes from it.</summary>
    Freeze,
    LoseServer,
    Interrupt,

    /// <summary>The server lets a client go, as one too slow, which hears of it later than the others.</summary>
    ServerLetsGo,

    /// <summary>The server refuses a message or a join, as one over a limit.</summary>
    RefuseMessage,

    /// <summary>The server is started anew and has forgotten everything; those who were in the room join again by themselves. What was on
    /// its way is lost.</summary>
    RestartServer,

    /// <summary>The same, and what was on its way to the server arrives after all.</summary>
    RestartServerLate,

    /// <summary>The server forgets one, who joins again by itself.</summary>
    ForgetOne,

    // --- messages that no honest network or peer sends

    DuplicateMessage,

    /// <summary>A message is lost without a word.</summary>
    LoseMessage,

    /// <summary>A copy of a message is held back, and arrives at any later moment.</summary>
    HoldMessage,

    /// <summary>A message is overtaken by the one behind it.</summary>
    OvertakeMessage,
    ForgeAnswer,
    ForgeOffer,
    ForgeRestartOffer,
    ForgeRestart,
    ForgeCandidate,
    ForgeBye,
    ForgeNonsense,

    // --- the engine and the wire

    FailOperation,
    BreakLink,
    BreakOneWay,
    MendLink,
    NetworkDown,

    /// <summary>The engine tells something of a connection that is closed already.</summary>
    LateEngineNews,

    // --- time

    /// <summary>A deadline is over although what it waits for is under way.</summary>
    SlowWorld,

    /// <summary>A timer elapsed in the moment in which it was stopped.</summary>
    StoppedTimer,
}
