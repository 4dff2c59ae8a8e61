using RoomCall.DataChannels;
using RoomCall.PeerConnections;

namespace RoomCall;

/// <summary>A session at one moment: an immutable snapshot.</summary>
public sealed record CallState
{
    /// <summary>Where the session stands.</summary>
    public CallPhase Phase { get; init; }

    /// <summary>The id that the server gave this peer; null before the server has answered.</summary>
    public string? Self { get; init; }

    /// <summary>The other peer's id; null while there is none.</summary>
    public string? Remote { get; init; }

    /// <summary>The other peer's name, if the server told one; null while there is no other peer.</summary>
    public string? RemoteName { get; init; }

    /// <summary>Whether the other peer has no connection to the signaling server at present, while its place is kept or, after the server
    /// was started anew, it has not come back yet. A call that is up goes on meanwhile.</summary>
    public bool IsRemoteAway { get; init; }

    /// <summary>Whether this peer makes the offer (book row S9).</summary>
    public bool IsInitiator { get; init; }

    /// <summary>Whether another peer is there to talk to (book row S9).</summary>
    public bool IsChannelReady { get; init; }

    /// <summary>Whether the gate has opened and the call was begun (book rows S9, S10). An offer that is made ahead
    /// (<see cref="CallOptions.ParkOffer"/>) does not open it.</summary>
    public bool IsStarted { get; init; }

    /// <summary>Where the local media stands (book row S9).</summary>
    public LocalMediaState LocalMedia { get; init; }

    /// <summary>The number of the latest negotiation: it grows with each call and each repair within a stay; 0 before the first. An offer
    /// that is made ahead takes the next one.</summary>
    public int Generation { get; init; }

    /// <summary>Where the exchange of descriptions stands.</summary>
    public SignalingState SignalingState { get; init; }

    /// <summary>The state of the peer connection.</summary>
    public PeerConnectionState ConnectionState { get; init; }

    /// <summary>The state of the call's own data channel (book row S23).</summary>
    public DataChannelState DataChannelState { get; init; }

    /// <summary>Whether the connection to the signaling server is interrupted and being repaired.</summary>
    public bool IsSignalingInterrupted { get; init; }

    /// <summary>Why the session ended; null until then.</summary>
    public CallEndReason? EndReason { get; init; }
}
