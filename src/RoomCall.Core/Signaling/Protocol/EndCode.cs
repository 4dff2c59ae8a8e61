namespace RoomCall.Signaling.Protocol;

/// <summary>Why a server ends a connection.</summary>
public enum EndCode
{
    /// <summary>A code that this version does not know; the stay is lost.</summary>
    Unknown,

    /// <summary>The client said <c>bye</c>.</summary>
    Left,

    /// <summary>The client was not let in.</summary>
    Refused,

    /// <summary>The server stops; the client comes again, and goes on where it was.</summary>
    Restarting,

    /// <summary>A newer connection of this client has its seat.</summary>
    Replaced,

    /// <summary>More waits for the client than is kept.</summary>
    TooSlow,

    /// <summary>A flood of frames.</summary>
    TooManyMessages,

    /// <summary>Too many frames that were none.</summary>
    Malformed,

    /// <summary>A frame larger than the server takes.</summary>
    TooLarge,

    /// <summary>The client did not ask for a room in time.</summary>
    TimedOut,

    /// <summary>A fault of the server; the client comes again, and goes on where it was.</summary>
    Failed,
}
