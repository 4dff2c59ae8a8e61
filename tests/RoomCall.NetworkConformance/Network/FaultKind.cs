namespace RoomCall.NetworkConformance;

public enum FaultKind
{
    /// <summary>The frame is lost, and both ways with it.</summary>
    CutBefore,

    /// <summary>Half of the frame arrives.</summary>
    CutWithin,

    /// <summary>The frame arrives, and nothing after it.</summary>
    CutAfter,

    /// <summary>The frame arrives, and then its way ends in order while the other stays open.</summary>
    HalfCloseAfter,

    /// <summary>The frame arrives, and then nothing is forwarded either way, as if a cable was pulled.</summary>
    StallAfter,
}
