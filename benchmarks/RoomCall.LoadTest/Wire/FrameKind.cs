namespace RoomCall.LoadTest.Wire;

/// <summary>The opcodes of WebSocket frames that are spoken here.</summary>
internal enum FrameKind
{
    /// <summary>More of a text.</summary>
    Continuation = 0,
    Text = 1,
    Close = 8,
    Ping = 9,
    Pong = 10,
}
