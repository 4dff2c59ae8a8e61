namespace RoomCall.Verification.Book;

/// <summary>The end of a call that a page's user was told, or made.</summary>
internal enum BookEnd
{
    None,

    /// <summary>The room was full (S2).</summary>
    Full,

    /// <summary>The user has hung up (S24).</summary>
    HungUp,

    /// <summary>The remote has hung up (S25).</summary>
    RemoteHungUp,
}
