namespace RoomCall.Signaling.Protocol;

/// <summary>What a server says to a client.</summary>
public enum ServerFrameType
{
    /// <summary>A type that this version does not know: passed over, but counted.</summary>
    Unknown,

    /// <summary>A <see cref="RoomEvent"/>.</summary>
    Event,

    /// <summary><c>resumed</c>: the seat is taken again.</summary>
    Resumed,

    /// <summary><c>ack</c>: so many counted frames have come.</summary>
    Ack,

    /// <summary><c>ping</c>.</summary>
    Ping,

    /// <summary><c>pong</c>, the answer to <c>ping</c>.</summary>
    Pong,

    /// <summary><c>end</c>: the server closes.</summary>
    End,
}
