namespace RoomCall;

/// <summary>How long each phase of a call may last (mends book defect D6). Each is more than zero and at most one day, or
/// <see cref="Timeout.InfiniteTimeSpan"/> for no limit; <see cref="Operation"/> and <see cref="HangUp"/> have one always, since a session
/// always completes.</summary>
public sealed record CallTimeouts
{
    /// <summary>Until the server has answered <c>create or join</c>. <value>Default: 15 s.</value></summary>
    public TimeSpan Join { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Alone in the room. <value>Default: no limit.</value></summary>
    public TimeSpan Wait { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Until local media is there; a person may have to consent. <value>Default: 60 s.</value></summary>
    public TimeSpan Media { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Until offer and answer are exchanged, once both sides have their media. While the other side has not said
    /// <c>got user media</c>, <see cref="Media"/> is added. <value>Default: 20 s.</value></summary>
    public TimeSpan Negotiation { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>From both descriptions applied to connected. <value>Default: 30 s.</value></summary>
    public TimeSpan Connection { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From connected to the data channel open. <value>Default: 15 s.</value></summary>
    public TimeSpan DataChannel { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a disconnected connection may take to come back by itself before it is repaired. <value>Default: 5 s.</value></summary>
    public TimeSpan Disconnected { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Until a lost connection is repaired, all attempts together. <value>Default: 30 s.</value></summary>
    public TimeSpan Recovery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Until an interrupted connection to the signaling server is repaired. <value>Default: 30 s.</value></summary>
    public TimeSpan Signaling { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Until one operation of the engine has ended. <value>Default: 15 s.</value></summary>
    public TimeSpan Operation { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Until a hang-up has delivered what was sent, and again until the other side is told and the room is left; after that the
    /// session ends all the same. <value>Default: 5 s.</value></summary>
    public TimeSpan HangUp { get; init; } = TimeSpan.FromSeconds(5);
}
