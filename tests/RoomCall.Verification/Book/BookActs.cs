namespace RoomCall.Verification.Book;

/// <summary>What the world has done, one bit for each kind; and, above them, how far the call had come, so that what breaks a call that was
/// up is told apart from what keeps it from coming up.</summary>
[Flags]
internal enum BookActs : uint
{
    None = 0,

    // --- the users

    HangUp = 1 << 0,
    JoinAgain = 1 << 1,
    ThirdJoins = 1 << 2,
    RefuseMedia = 1 << 3,
    NoMediaAnswer = 1 << 4,

    // --- programs

    /// <summary>The program dies, or its way to the server: the server notices later.</summary>
    Vanish = 1 << 5,

    /// <summary>An offer or an answer can't be made.</summary>
    OperationFails = 1 << 6,

    /// <summary>The engine never ends making an offer or an answer.</summary>
    OperationHangs = 1 << 7,

    // --- the network

    LoseMessage = 1 << 8,
    DuplicateMessage = 1 << 9,

    /// <summary>A copy of a message is held back and reaches the server at any later moment.</summary>
    HoldMessage = 1 << 10,

    /// <summary>A message is overtaken by the one behind it.</summary>
    OvertakeMessage = 1 << 11,

    /// <summary>No packet passes between two peers any more.</summary>
    BreakLink = 1 << 12,

    All = (1 << 13) - 1,

    // --- how far it had come

    /// <summary>An offer was applied.</summary>
    OfferApplied = 1 << 16,

    /// <summary>Both were connected, with an open data channel.</summary>
    Connected = 1 << 17,

    /// <summary>A page that was told that the room is full got a message of the two inside.</summary>
    Strayed = 1 << 18,

    /// <summary>A handler has thrown, and its page went on.</summary>
    Threw = 1 << 19,
}
