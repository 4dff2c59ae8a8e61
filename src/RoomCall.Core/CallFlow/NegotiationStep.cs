namespace RoomCall;

/// <summary>Where the present exchange of descriptions stands, seen from this side.</summary>
internal enum NegotiationStep
{
    /// <summary>No peer connection.</summary>
    None,

    /// <summary>Offerer: the engine makes the offer.</summary>
    CreatingOffer,

    /// <summary>Offerer: the engine applies the offer.</summary>
    ApplyingLocalOffer,

    /// <summary>Offerer: the offer was sent.</summary>
    AwaitingAnswer,

    /// <summary>Offerer: the engine applies the answer.</summary>
    ApplyingAnswer,

    /// <summary>Answerer: the gate is open, no offer has come.</summary>
    AwaitingOffer,

    /// <summary>Answerer: the engine applies the offer.</summary>
    ApplyingOffer,

    /// <summary>Answerer: the engine makes the answer.</summary>
    CreatingAnswer,

    /// <summary>Answerer: the engine applies the answer.</summary>
    ApplyingLocalAnswer,

    /// <summary>Both descriptions are applied.</summary>
    Done,
}
