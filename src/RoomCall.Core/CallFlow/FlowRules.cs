namespace RoomCall;

/// <summary>What a session's options and its engine fix for the whole of its flow.</summary>
internal readonly record struct FlowRules
{
    public FlowRules()
    {
    }

    /// <summary>Local media is wanted; without it the gate needs none.</summary>
    public bool WantsMedia { get; init; }

    public bool ContinueWithoutMedia { get; init; }

    public bool EndWhenRemoteLeaves { get; init; }

    /// <summary>The engine can restart ICE; without it a lost connection is replaced by a new one.</summary>
    public bool CanRestartIce { get; init; } = true;

    /// <summary>The engine cannot close a data channel so that the other side sees it, nor see the other side's closing.</summary>
    public bool CloseByMessage { get; init; }

    /// <summary>Alone in the room, the initiator makes its offer ahead and leaves it with the server.</summary>
    public bool ParkOffer { get; init; } = true;

    public int MaxRecoveryAttempts { get; init; } = 3;

    public int PendingCandidateLimit { get; init; } = 256;
}
