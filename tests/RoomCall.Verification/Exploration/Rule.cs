namespace RoomCall.Verification.Exploration;

/// <summary>What must hold in every state that can be reached.</summary>
internal enum Rule
{
    // --- safety: never does ...

    /// <summary>Two that are in a call with each other never offer at the same moment.</summary>
    OneOfferer,

    /// <summary>No description is applied in a signaling state that forbids it (W3C WebRTC 4.4.1.5).</summary>
    SignalingState,

    /// <summary>No candidate is applied before its remote description.</summary>
    CandidateAfterDescription,

    /// <summary>No candidate or answer of one negotiation is applied to another.</summary>
    SameNegotiation,

    /// <summary>Nothing is asked of a peer connection that is closed or was never made.</summary>
    NothingAfterClose,

    /// <summary>Nobody holds two peer connections.</summary>
    OneConnection,

    /// <summary>The room never holds more than it has places for.</summary>
    RoomCapacity,

    /// <summary>A session ends at most once, with one reason, and holds nothing afterwards.</summary>
    OneEnd,

    /// <summary>A session ends for nothing but what the world did to it: left in peace, nobody's call fails or times out.</summary>
    EndHasCause,

    /// <summary>No handler throws on what arrives.</summary>
    NothingThrows,

    // --- liveness: from every state, if the world behaves from now on ...

    /// <summary>Everybody comes to a connected call, to waiting alone, or to a typed end.</summary>
    NobodyWaitsForEver,

    /// <summary>A next call in the same room comes about.</summary>
    NextCall,

    /// <summary>What goes on comes to rest.</summary>
    ComesToRest,
}
