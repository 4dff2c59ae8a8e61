namespace RoomCall;

/// <summary>What a timer of the flow limits. Kinds of one <see cref="FlowTimerSlot"/> replace each other.</summary>
internal enum FlowTimer
{
    /// <summary>Slot phase: the server's answer to <c>create or join</c>.</summary>
    Join,

    /// <summary>Slot phase: alone in the room.</summary>
    Wait,

    /// <summary>Slot phase: offer and answer, while the other side may still ask its user for media.</summary>
    RemoteMedia,

    /// <summary>Slot phase: offer and answer.</summary>
    Negotiation,

    /// <summary>Slot phase: the connection.</summary>
    Connection,

    /// <summary>Slot phase: the data channel.</summary>
    DataChannel,

    /// <summary>Slot phase: the repair of a lost connection.</summary>
    Recovery,

    /// <summary>Slot phase: the hang-up.</summary>
    HangUp,

    /// <summary>Slot media: local media.</summary>
    Media,

    /// <summary>Slot disconnected: the time in which a disconnected connection may come back by itself.</summary>
    Disconnected,

    /// <summary>Slot signaling: the repair of the connection to the server.</summary>
    Signaling,
}

/// <summary>The places for timers: one runs in each at most.</summary>
internal enum FlowTimerSlot
{
    /// <summary>Each phase has one deadline, and entering the next phase replaces it.</summary>
    Phase,

    Media,

    Disconnected,

    Signaling,
}

internal static class FlowTimerSlots
{
    public const int Count = 4;

    public static FlowTimerSlot Slot(this FlowTimer timer) => timer switch
    {
        FlowTimer.Media => FlowTimerSlot.Media,
        FlowTimer.Disconnected => FlowTimerSlot.Disconnected,
        FlowTimer.Signaling => FlowTimerSlot.Signaling,
        _ => FlowTimerSlot.Phase,
    };
}
