namespace RoomCall.Signaling.Links;

/// <summary>What becomes of a link.</summary>
internal enum VerdictKind
{
    /// <summary>It is read on.</summary>
    GoOn,

    /// <summary>It is lost; the stay may go on over a new one.</summary>
    Lost,

    /// <summary>It is of no more use, and a new one is made at once.</summary>
    AskAgain,

    /// <summary>The stay has ended.</summary>
    Over,
}
