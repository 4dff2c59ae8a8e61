namespace RoomCall;

/// <summary>The kind of a message between the peers (book rows S11 to S15).</summary>
public enum SignalKind
{
    /// <summary><c>got user media</c> (book row S11).</summary>
    GotUserMedia,

    /// <summary>An offer (book row S12).</summary>
    Offer,

    /// <summary>An answer (book row S13).</summary>
    Answer,

    /// <summary>An ICE candidate (book rows S14, S19).</summary>
    Candidate,

    /// <summary>A request for a new offer.</summary>
    Restart,

    /// <summary>The end of the call (book row S15).</summary>
    Bye,

    /// <summary>A data channel was closed, and one of the two engines cannot show it.</summary>
    CloseChannel,
}
