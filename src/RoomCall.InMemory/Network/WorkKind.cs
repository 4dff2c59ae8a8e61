namespace RoomCall.InMemory;

/// <summary>What an item of an <see cref="Inbox"/> is, and so how it is done.</summary>
internal enum WorkKind : byte
{
    /// <summary>Moves the connection's state: done under its lock, and not after it was disposed.</summary>
    Packet,

    /// <summary>Calls an observer: done with no lock held, and not after the connection was disposed.</summary>
    Notice,

    /// <summary>The last: done with no lock held, when the connection was disposed.</summary>
    End,
}
