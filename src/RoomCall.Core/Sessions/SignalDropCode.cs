namespace RoomCall;

/// <summary>Why a message of the other side was not taken.</summary>
public enum SignalDropCode
{
    /// <summary>It is of an earlier negotiation or of a peer that is not in this call (book defect D7).</summary>
    Stale,

    /// <summary>It is out of turn: a second offer, an answer to nothing (book defect D8).</summary>
    Unexpected,

    /// <summary>It cannot be read, or the engine refused it (book defect D8).</summary>
    Malformed,

    /// <summary>Too many wait already.</summary>
    TooMany,
}
