namespace RoomCall;

/// <summary>Where the local media stands: the fourth fact of the gate (book row S9).</summary>
public enum LocalMediaState
{
    /// <summary>Not asked for yet.</summary>
    Idle,

    /// <summary>Asked for; a person may be deciding (book rows S1, S4).</summary>
    Requested,

    /// <summary>Ready, or none is wanted: the gate may open.</summary>
    Ready,

    /// <summary>Refused or failed, and the call goes on without it (<see cref="CallOptions.ContinueWithoutMedia"/>): the gate may open.</summary>
    Absent,

    /// <summary>Refused or failed, and the session ends by it (book defect D5).</summary>
    Failed,
}
