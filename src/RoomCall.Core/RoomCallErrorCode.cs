namespace RoomCall;

/// <summary>What went wrong, for programs; <c>docs/errors.md</c> says for each what to do.</summary>
public enum RoomCallErrorCode
{
    /// <summary>The session ended before what was awaited could happen; see <see cref="RoomCallException.EndReason"/>.</summary>
    SessionEnded,

    /// <summary>The signaling server could not be reached.</summary>
    SignalingUnavailable,

    /// <summary>The connection to the signaling server ended and could not be repaired.</summary>
    SignalingLost,

    /// <summary>The data channel is closed, or was cut off.</summary>
    DataChannelClosed,

    /// <summary>The message is larger than the channel takes.</summary>
    MessageTooLarge,

    /// <summary>The queue of what waits for the channel to open is full.</summary>
    SendQueueFull,

    /// <summary>A reader so slow, or none, that what arrived no longer fits into its buffer.</summary>
    ReceiveBufferFull,

    /// <summary>No call has started, so there is nothing to open a channel on.</summary>
    NotConnected,

    /// <summary>What a peer or a server sent does not follow the protocol.</summary>
    Malformed,
}
