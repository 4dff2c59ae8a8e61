using RoomCall.DataChannels;
using RoomCall.Media;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall;

/// <summary>All that can happen to a call: what <see cref="CallFlow"/> takes in.</summary>
internal abstract record CallInput
{
    private CallInput()
    {
    }

    // --- the user

    /// <summary>The first input of a session.</summary>
    public sealed record Join : CallInput;

    public sealed record HangUp : CallInput;

    // --- the server

    public sealed record Room(RoomEvent Event) : CallInput;

    public sealed record PeerSaid(string From, PeerMessage Message) : CallInput;

    /// <summary>A peer's message that could not be read (D8).</summary>
    public sealed record PeerSaidNonsense(string From, string Error) : CallInput;

    /// <summary>The server could not be reached, or the connection to it ended.</summary>
    public sealed record SignalingEnded(string Detail) : CallInput;

    /// <summary>A message of this side cannot be put into words: it breaks a rule of the protocol.</summary>
    public sealed record MessageNotSendable(string Detail) : CallInput;

    /// <summary>Leaving the room is done.</summary>
    public sealed record RoomLeft : CallInput;

    // --- local media

    public sealed record MediaReady(IMediaStream Stream) : CallInput;

    public sealed record MediaFailed(CallEndCode Code, string Detail) : CallInput;

    // --- the engine; Connection is the number that CreatePeerConnection gave

    public sealed record OfferCreated(int Connection, SessionDescription Description) : CallInput;

    public sealed record AnswerCreated(int Connection, SessionDescription Description) : CallInput;

    public sealed record LocalDescriptionApplied(int Connection, SessionDescription Description) : CallInput;

    public sealed record RemoteDescriptionApplied(int Connection) : CallInput;

    public sealed record OperationFailed(int Connection, EngineOperation Operation, string Detail) : CallInput;

    public sealed record CandidateFound(int Connection, IceCandidate Candidate) : CallInput;

    public sealed record ConnectionChanged(int Connection, PeerConnectionState State) : CallInput;

    public sealed record DataChannelChanged(int Connection, DataChannelState State) : CallInput;

    public sealed record DataChannelReceived(int Connection, IDataChannelTransport Transport) : CallInput;

    /// <summary>This side has closed a data channel: of itself, or since the other side said that it has (then it is an answer).</summary>
    public sealed record ChannelClosed(int Connection, int Channel, long Messages, bool IsAnswer) : CallInput;

    /// <summary>Something that the user is told, and that moves nothing.</summary>
    public sealed record Notice(int Connection, CallEvent Event) : CallInput;

    public sealed record PeerConnectionClosed(int Connection) : CallInput;

    // --- time

    public sealed record TimerElapsed(FlowTimer Timer, int Number) : CallInput;
}
