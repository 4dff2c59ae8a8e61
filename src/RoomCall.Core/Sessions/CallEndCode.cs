namespace RoomCall;

/// <summary>Why a call or a session ended; <c>docs/errors.md</c> says for each what to do.</summary>
public enum CallEndCode
{
    /// <summary>This side hung up (book row S24).</summary>
    HungUp,

    /// <summary>The other side hung up (book rows S15, S25).</summary>
    RemoteHungUp,

    /// <summary>The other side left the room without a word to this peer.</summary>
    RemoteLeft,

    /// <summary>The other side's connection to the server ended without a word (book defect D4).</summary>
    RemoteVanished,

    /// <summary>The other side got no local media (book defect D5).</summary>
    RemoteMediaFailed,

    /// <summary>The other side ended the call because of a fault that it names.</summary>
    RemoteFailed,

    /// <summary>The room has no free place (book row S2).</summary>
    RoomFull,

    /// <summary>The server refused the stay.</summary>
    JoinRejected,

    /// <summary>The server did not answer in <see cref="CallTimeouts.Join"/>.</summary>
    JoinTimedOut,

    /// <summary>The signaling server could not be reached.</summary>
    SignalingUnavailable,

    /// <summary>The connection to the signaling server ended and was not repaired in <see cref="CallTimeouts.Signaling"/>.</summary>
    SignalingLost,

    /// <summary>Nobody came in <see cref="CallTimeouts.Wait"/>.</summary>
    NobodyCame,

    /// <summary>Local media was refused (book defect D5).</summary>
    MediaRefused,

    /// <summary>Local media failed (book defect D5).</summary>
    MediaFailed,

    /// <summary>Local media was not there in <see cref="CallTimeouts.Media"/> (book defects D5, D6).</summary>
    MediaTimedOut,

    /// <summary>The engine could not make a peer connection (book row S17).</summary>
    PeerConnectionFailed,

    /// <summary>An offer or an answer could not be made or applied (book row S20).</summary>
    NegotiationFailed,

    /// <summary>No offer or no answer came in time (book defect D6).</summary>
    NegotiationTimedOut,

    /// <summary>No connection came about in <see cref="CallTimeouts.Connection"/> (book defect D6).</summary>
    ConnectionTimedOut,

    /// <summary>The data channel did not open in <see cref="CallTimeouts.DataChannel"/> (book defect D6).</summary>
    DataChannelTimedOut,

    /// <summary>The connection was lost and could not be repaired (book defect D10).</summary>
    ConnectionLost,

    /// <summary>A fault of this library; the exception is in the log.</summary>
    InternalError,
}
