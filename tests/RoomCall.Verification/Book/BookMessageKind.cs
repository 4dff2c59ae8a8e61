namespace RoomCall.Verification.Book;

/// <summary>What the book's browsers and server say (S1 to S16).</summary>
internal enum BookMessageKind
{
    CreateOrJoin,
    Created,
    Full,
    Join,
    Joined,
    GotUserMedia,
    Offer,
    Answer,
    Candidate,
    Bye,

    /// <summary>Not said by anybody: the server notices that the connection is gone.</summary>
    Disconnect,
}
