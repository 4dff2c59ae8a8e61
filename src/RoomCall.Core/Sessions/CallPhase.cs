namespace RoomCall;

/// <summary>Where a session stands, in the order in which a call goes.</summary>
public enum CallPhase
{
    /// <summary>The room was asked for; the server has not answered (book row S7).</summary>
    Joining,

    /// <summary>In the room, and no other peer there (book row S1); an offer may be made ahead meanwhile.</summary>
    Waiting,

    /// <summary>Another peer is there; the gate is closed until local media is ready (book rows S3, S4, S9).</summary>
    Preparing,

    /// <summary>The gate has opened: offer and answer are being exchanged (book rows S10, S12, S13).</summary>
    Negotiating,

    /// <summary>Both descriptions are applied; the transports are being connected.</summary>
    Connecting,

    /// <summary>The call is up.</summary>
    Connected,

    /// <summary>The connection was lost and is being repaired (book defect D10).</summary>
    Recovering,

    /// <summary>Hanging up: what was sent is delivered, the other is told (book row S24).</summary>
    Ending,

    /// <summary>Over. No state follows.</summary>
    Ended,
}
