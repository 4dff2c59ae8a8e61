namespace RoomCall.Verification.Book;

/// <summary>What may happen in the book's world.</summary>
internal enum BookMoveKind : byte
{
    /// <summary>Local media is there.</summary>
    MediaGiven,

    /// <summary>An offer is made.</summary>
    OfferMade,

    /// <summary>An answer is made.</summary>
    AnswerMade,

    /// <summary>A local candidate was found.</summary>
    CandidateFound,

    /// <summary>The server takes the next message of a page.</summary>
    ServerTakes,

    /// <summary>A page takes the next message of the server.</summary>
    PageTakes,

    /// <summary>An engine notices something of the wire.</summary>
    EngineNotices,

    /// <summary>A message that was held back reaches the server.</summary>
    HeldArrives,

    /// <summary>The world acts: the number of the bit in <see cref="BookActs"/> is what it does.</summary>
    Act,
}
