using System.Collections.Immutable;
using RoomCall.DataChannels;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall;

/// <summary>
/// All that the call flow knows: a value, compared field by field. <see cref="CallState"/> is the part that a user sees.
/// </summary>
internal record struct FlowState
{
    public FlowState()
    {
    }

    public CallPhase Phase { get; set; } = CallPhase.Joining;

    public string? Self { get; set; }

    /// <summary>The peer that this flow serves. While it is null, <see cref="IsChannelReady"/> is false.</summary>
    public string? Remote { get; set; }

    /// <summary>The name that the server told of the peer.</summary>
    public string? RemoteName { get; set; }

    /// <summary>The peer has no connection to the server at present, and its seat is kept.</summary>
    public bool IsRemoteAway { get; set; }

    /// <summary>The server has forgotten the room, and the peer has not come into the new one yet: nothing can be said to it.</summary>
    public bool IsRemoteAbsent { get; set; }

    // S9: the four facts of the gate.
    public bool IsInitiator { get; set; }

    public readonly bool IsChannelReady => Remote is not null;

    public bool IsStarted { get; set; }

    public LocalMediaState LocalMedia { get; set; }

    /// <summary>The other side has said <c>got user media</c>, or shown by an offer that it has it.</summary>
    public bool IsRemoteMediaReady { get; set; }

    /// <summary>The negotiation under way or done last; grows over the whole stay.</summary>
    public int Generation { get; set; }

    /// <summary>The highest generation that the present remote peer has offered: what is not above it is late.</summary>
    public int RemoteGeneration { get; set; }

    /// <summary>The generation of the offer that the connection in hand began with, 0: none yet. A restart of ICE leaves it, and the channels,
    /// as they are.</summary>
    public int ConnectionGeneration { get; set; }

    /// <summary>The number of the peer connection in hand, 0: none. Engine inputs carry it, so those of a closed one are told apart.</summary>
    public int Connection { get; set; }

    public int LastConnection { get; set; }

    public NegotiationStep Step { get; set; }

    public SignalingState SignalingState { get; set; }

    public PeerConnectionState ConnectionState { get; set; }

    public DataChannelState DataChannelState { get; set; }

    /// <summary>The remote description of this generation is applied: remote candidates go to the engine, no longer into the queue.</summary>
    public bool IsRemoteDescriptionApplied { get; set; }

    /// <summary>The local description of this generation, once it was sent: then local candidates are sent, no longer queued.</summary>
    public string? SentDescription { get; set; }

    /// <summary>The offer under way restarts ICE on the connection in hand.</summary>
    public bool IsIceRestart { get; set; }

    /// <summary>The offer that was made ahead and parked, until a peer is in the room.</summary>
    public PeerMessage.Offer? ParkedOffer { get; set; }

    /// <summary>An offer that waits: for local media (D1), or for the negotiation under way to end.</summary>
    public PeerMessage.Offer? PendingOffer { get; set; }

    /// <summary>The other side has asked for a new offer while its answer is being applied.</summary>
    public bool IsRestartWanted { get; set; }

    /// <summary>The generation whose connection was lost and for which this side has asked the initiator for a new offer; 0: none.</summary>
    public int RestartAskedOf { get; set; }

    /// <summary>Remote candidates that wait for their remote description (D2).</summary>
    public ImmutableList<PeerMessage.Candidate> PendingRemoteCandidates { get; set; } = [];

    /// <summary>Local candidates that wait until the description that they belong to was sent; while it is parked, all of them so far.</summary>
    public ImmutableList<IceCandidate> PendingLocalCandidates { get; set; } = [];

    public bool CanRemoteRestartIce { get; set; }

    /// <summary>The other side's engine cannot close a data channel so that this side sees it, nor see this side's closing.</summary>
    public bool IsRemoteClosingByMessage { get; set; }

    public int RecoveryAttempts { get; set; }

    public bool IsSignalingInterrupted { get; set; }

    /// <summary>The other side was told that the call ends, or there was nobody to tell, and leaving has begun.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Why the session ends, from <see cref="CallPhase.Ending"/> on.</summary>
    public CallEndReason? EndReason { get; set; }

    // Each running timer's number; 0: none runs. A timer that elapsed while it was being stopped has another number, and is ignored.
    public int PhaseTimer { get; set; }

    public int MediaTimer { get; set; }

    public int DisconnectedTimer { get; set; }

    public int SignalingTimer { get; set; }

    public int LastTimer { get; set; }

    /// <summary>The part that a user sees.</summary>
    public readonly CallState ToCallState() => new()
    {
        Phase = Phase,
        Self = Self,
        Remote = Remote,
        RemoteName = RemoteName,
        IsRemoteAway = IsRemoteAway || IsRemoteAbsent,
        IsInitiator = IsInitiator,
        IsChannelReady = IsChannelReady,
        IsStarted = IsStarted,
        LocalMedia = LocalMedia,
        Generation = Generation,
        SignalingState = SignalingState,
        ConnectionState = ConnectionState,
        DataChannelState = DataChannelState,
        IsSignalingInterrupted = IsSignalingInterrupted,
        EndReason = Phase == CallPhase.Ended ? EndReason : null,
    };
}
