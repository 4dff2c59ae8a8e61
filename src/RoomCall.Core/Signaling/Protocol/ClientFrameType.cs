namespace RoomCall.Signaling.Protocol;

/// <summary>What a client says to a server.</summary>
public enum ClientFrameType
{
    /// <summary><c>create or join</c> (book row S7).</summary>
    CreateOrJoin,

    /// <summary><c>resume</c>: take the seat of an earlier connection again.</summary>
    Resume,

    /// <summary><c>message</c> for another peer (book row S8).</summary>
    Message,

    /// <summary><c>park</c>: leave a message for the next one to come.</summary>
    Park,

    /// <summary><c>bye</c>: leave the room.</summary>
    Bye,

    /// <summary><c>ack</c>: so many counted frames have come.</summary>
    Ack,

    /// <summary><c>ping</c>.</summary>
    Ping,

    /// <summary><c>pong</c>, the answer to <c>ping</c>.</summary>
    Pong,
}
