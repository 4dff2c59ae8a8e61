namespace RoomCall.LoadTest.Wire;

/// <summary>The records of SignalR's hub protocol that a server sends here.</summary>
internal enum HubRecordKind
{
    /// <summary>The answer to the client's handshake, which has no type.</summary>
    Handshake = 0,
    Invocation = 1,
    StreamItem = 2,
    Completion = 3,
    Ping = 6,

    /// <summary>The server's last word. To one who has left it comes where the server writes it before it has closed.</summary>
    Close = 7,
}
