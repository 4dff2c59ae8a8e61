using RoomCall.DataChannels;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall;

/// <summary>What is to be done: what <see cref="CallFlow"/> gives out, and the session does in this order.</summary>
internal abstract record CallEffect
{
    private CallEffect()
    {
    }

    // --- the server

    public sealed record JoinRoom : CallEffect;

    public sealed record Send(string To, PeerMessage Message) : CallEffect;

    /// <summary>Leaves a message with the server for the next peer to come.</summary>
    public sealed record Park(int Generation, PeerMessage Message) : CallEffect;

    /// <summary>Leaves after all that was sent; ends with <see cref="CallInput.RoomLeft"/>.</summary>
    public sealed record LeaveRoom : CallEffect;

    // --- local media

    public sealed record OpenMedia : CallEffect;

    public sealed record CloseMedia : CallEffect;

    // --- the engine

    /// <summary>A call begins, or its connection is replaced: what others left to be taken is not mistaken for its own (D7).</summary>
    public sealed record ClearLobby : CallEffect;

    /// <summary>Makes a peer connection, adds the local stream to it and, for the initiator, the data channel (S17, S18).</summary>
    public sealed record CreatePeerConnection(int Connection, bool WithDataChannel) : CallEffect;

    public sealed record CreateOffer(int Connection, bool IceRestart) : CallEffect;

    public sealed record CreateAnswer(int Connection) : CallEffect;

    public sealed record SetLocalDescription(int Connection, SessionDescription Description) : CallEffect;

    public sealed record SetRemoteDescription(int Connection, SessionDescription Description) : CallEffect;

    public sealed record AddIceCandidate(int Connection, IceCandidate Candidate) : CallEffect;

    /// <summary>Closes the connection and the further channels on it (S26); ends with <see cref="CallInput.PeerConnectionClosed"/>.</summary>
    /// <param name="Connection">Its number.</param>
    /// <param name="Deliver">What was sent on its data channels is delivered first.</param>
    /// <param name="Fault">What readers of its channels are told; null: they see a normal end.</param>
    public sealed record ClosePeerConnection(int Connection, bool Deliver, string? Fault) : CallEffect;

    public sealed record AcceptDataChannel(int Connection, IDataChannelTransport Transport) : CallEffect;

    /// <summary>A channel of a connection that is closed already.</summary>
    public sealed record RefuseDataChannel(IDataChannelTransport Transport) : CallEffect;

    /// <summary>The other side has closed a data channel: this side does when so many messages have come on it.</summary>
    public sealed record CloseDataChannel(int Connection, int Channel, long Messages) : CallEffect;

    /// <summary>The connection is gone: the call's own data channel ends, and the next connection gets a new one.</summary>
    /// <param name="Fault">What those who use the channel are told; null: it ends normally.</param>
    /// <param name="KeepUnopened">The call goes on: a channel that never opened keeps what waits on it, for the next connection.</param>
    public sealed record RenewDataChannel(string? Fault, bool KeepUnopened) : CallEffect;

    /// <summary>The user is told that the call's own data channel is open.</summary>
    public sealed record AnnounceDataChannel : CallEffect;

    // --- time

    public sealed record StartTimer(FlowTimer Timer, int Number) : CallEffect;

    public sealed record StopTimer(FlowTimerSlot Slot) : CallEffect;

    // --- the user

    public sealed record Raise(CallEvent Event) : CallEffect;

    /// <summary>The session is over; the last effect.</summary>
    public sealed record Complete(CallEndReason Reason) : CallEffect;
}
