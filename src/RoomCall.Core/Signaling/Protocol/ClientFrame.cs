namespace RoomCall.Signaling.Protocol;

/// <summary>A frame from a client to a server: <c>docs/protocol.md</c>. Which fields count depends on <see cref="Type"/>; the others have
/// their default.</summary>
public readonly record struct ClientFrame
{
    /// <summary>What it says.</summary>
    public ClientFrameType Type { get; init; }

    /// <summary>The room, in <c>create or join</c> and <c>resume</c>.</summary>
    public string? Room { get; init; }

    /// <summary>What the others are to be told that this peer is called, in <c>create or join</c>; or null.</summary>
    public string? Name { get; init; }

    /// <summary>What the stay can be resumed and its id be had again with, in <c>create or join</c>; or null.</summary>
    public string? Secret { get; init; }

    /// <summary>The peer's own id, in <c>resume</c>.</summary>
    public string? Self { get; init; }

    /// <summary>The token that the server gave last, in <c>resume</c>.</summary>
    public string? Token { get; init; }

    /// <summary>The peer that a <c>message</c> is for; null: all others.</summary>
    public string? To { get; init; }

    /// <summary>What a <c>park</c> belongs to, 1 or more.</summary>
    public int Generation { get; init; }

    /// <summary>How many counted frames of the server have come, in <c>ack</c> and <c>resume</c>.</summary>
    public long Received { get; init; }

    /// <summary>What a <c>message</c> or a <c>park</c> carries: a part of the bytes that were read.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Whether the frame has a number, so that it is sent again when it got lost.</summary>
    public bool IsCounted => IsCountedType(Type);

    internal static bool IsCountedType(ClientFrameType type) =>
        type is ClientFrameType.Message or ClientFrameType.Park or ClientFrameType.Bye;

    /// <summary>Says the type only: a secret, a token and a payload do not belong into a log.</summary>
    /// <returns>The type.</returns>
    public override string ToString() => Type.ToString();
}
