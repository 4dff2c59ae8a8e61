namespace RoomCall.Signaling.Protocol;

/// <summary>A frame from a server to a client: <c>docs/protocol.md</c>. Which members count depends on <see cref="Type"/>; the others have
/// their default.</summary>
public readonly record struct ServerFrame
{
    /// <summary>What it says.</summary>
    public ServerFrameType Type { get; init; }

    /// <summary>What happened, with <see cref="ServerFrameType.Event"/>; a message's payload is a part of the bytes that were read.</summary>
    public RoomEvent? Event { get; init; }

    /// <summary>How to resume, with <c>created</c> and <c>joined</c>; null: the stay ends with its connection.</summary>
    public ResumeTicket? Resume { get; init; }

    /// <summary>How many counted frames of the client have come, in <c>ack</c> and <c>resumed</c>.</summary>
    public long Received { get; init; }

    /// <summary>The token for the next time, in <c>resumed</c>.</summary>
    public string? Token { get; init; }

    /// <summary>Why the server closes, in <c>end</c>.</summary>
    public EndCode Code { get; init; }

    /// <summary>A sentence for people, in <c>end</c>; or null.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether the frame has a number, so that it is sent again when it got lost.</summary>
    public bool IsCounted => Type is ServerFrameType.Event or ServerFrameType.Unknown;

    /// <summary>A frame that tells an event.</summary>
    /// <param name="roomEvent">One that a server tells.</param>
    /// <param name="resume">How to resume, with <see cref="RoomEvent.Created"/> and <see cref="RoomEvent.Joined"/>.</param>
    public static ServerFrame Of(RoomEvent roomEvent, ResumeTicket? resume = null) =>
        new() { Type = ServerFrameType.Event, Event = roomEvent, Resume = resume };

    /// <summary>Says the type and the event's kind only: a token and a payload do not belong into a log.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => Event is null ? Type.ToString() : Event.GetType().Name;
}
