namespace RoomCall.Verification.Exploration;

/// <summary>Who makes a move, which decides whether a world that behaves makes it too.</summary>
internal enum MoveClass
{
    /// <summary>What is under way goes on: a message arrives, an operation of the engine ends well. A world that behaves does it sooner
    /// or later, and before time runs out.</summary>
    Progress,

    /// <summary>What comes some time, nobody knows when: the server notices that a connection is dead. A world that behaves does it too, but
    /// deadlines may be over before.</summary>
    Sometime,

    /// <summary>Time passes: a deadline is over. A world that behaves does it only when nothing is under way.</summary>
    Time,

    /// <summary>The world acts: a user hangs up, a program crashes, a message comes twice. Never owed, and bounded in number.</summary>
    Act,
}
