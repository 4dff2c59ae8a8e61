using RoomCall.DataChannels;
using RoomCall.Media;

namespace RoomCall;

/// <summary>Something that happened in a session.</summary>
public abstract record CallEvent
{
    private protected CallEvent()
    {
    }

    /// <summary>The server let this peer into the room (book rows S1, S4), or let it in again after it was started anew.</summary>
    /// <param name="Self">The id that it gave.</param>
    /// <param name="IsInitiator">Whether this peer is the initiator.</param>
    public sealed record RoomJoined(string Self, bool IsInitiator) : CallEvent;

    /// <summary>Another peer is in the room (book rows S3, S4).</summary>
    /// <param name="Peer">Its id.</param>
    public sealed record PeerJoined(string Peer) : CallEvent
    {
        /// <summary>Its name, if the server told one.</summary>
        public string? Name { get; init; }
    }

    /// <summary>The other peer is gone from the call.</summary>
    /// <param name="Peer">Its id.</param>
    public sealed record PeerLeft(string Peer) : CallEvent;

    /// <summary>The signaling server logged something (book row S5).</summary>
    /// <param name="Lines">Its lines.</param>
    public sealed record ServerLog(IReadOnlyList<string> Lines) : CallEvent
    {
        /// <summary>Says the lines.</summary>
        /// <returns>All on one line.</returns>
        public override string ToString() => $"{nameof(ServerLog)} {{ {string.Join(" | ", Lines)} }}";
    }

    /// <summary>Local media is there (book row S11).</summary>
    /// <param name="Stream">The stream; null where the call wants none.</param>
    public sealed record LocalMediaReady(IMediaStream? Stream) : CallEvent;

    /// <summary>Local media was refused or failed, and the call goes on without it.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record LocalMediaAbsent(CallEndReason Reason) : CallEvent;

    /// <summary>The gate opened and the call has started (book row S10).</summary>
    /// <param name="IsInitiator">Whether this peer makes the offer.</param>
    public sealed record CallStarted(bool IsInitiator) : CallEvent;

    /// <summary>A message is on its way to the other peer, or was left with the server for the next who comes (book rows S11 to S15,
    /// S19).</summary>
    /// <param name="Kind">Which.</param>
    /// <param name="Generation">The negotiation that it belongs to; null where it has none.</param>
    public sealed record SignalSent(SignalKind Kind, int? Generation) : CallEvent;

    /// <summary>A message of the other peer came; what is late or out of turn is followed by <see cref="SignalDropped"/>.</summary>
    /// <param name="Kind">Which.</param>
    /// <param name="Generation">The negotiation that it belongs to; null where it told none.</param>
    public sealed record SignalReceived(SignalKind Kind, int? Generation) : CallEvent;

    /// <summary>Something that came was not taken, and why: late, repeated, out of turn or malformed (book defects D7, D8).</summary>
    /// <param name="Code">For programs.</param>
    /// <param name="Detail">A sentence for people.</param>
    public sealed record SignalDropped(SignalDropCode Code, string Detail) : CallEvent;

    /// <summary>All local candidates are found (book row S16).</summary>
    public sealed record GatheringCompleted : CallEvent;

    /// <summary>The call is connected, for the first time or again.</summary>
    /// <param name="Generation">The negotiation that led to it.</param>
    public sealed record CallConnected(int Generation) : CallEvent;

    /// <summary>The call's own data channel is open (book row S23).</summary>
    /// <param name="Channel">The channel.</param>
    public sealed record DataChannelOpened(IDataChannel Channel) : CallEvent;

    /// <summary>The other side opened a further data channel.</summary>
    /// <param name="Channel">The channel, open.</param>
    public sealed record DataChannelReceived(IDataChannel Channel) : CallEvent;

    /// <summary>The other side's media is there (book row S21).</summary>
    /// <param name="Stream">The stream.</param>
    public sealed record RemoteStreamAdded(IMediaStream Stream) : CallEvent;

    /// <summary>The other side's media is gone (book row S21).</summary>
    /// <param name="Stream">The stream.</param>
    public sealed record RemoteStreamRemoved(IMediaStream Stream) : CallEvent;

    /// <summary>The connection was lost and is being repaired (book defect D10).</summary>
    /// <param name="Attempt">1 for the first attempt.</param>
    public sealed record RecoveryStarted(int Attempt) : CallEvent;

    /// <summary>The server refused something after this peer was in the room; the session goes on.</summary>
    /// <param name="Code">What was refused.</param>
    /// <param name="Detail">A sentence for people.</param>
    public sealed record ServerError(Signaling.RoomErrorCode Code, string Detail) : CallEvent;

    /// <summary>A call has ended; the session may go on (<see cref="RemoteLeftPolicy.Stay"/>).</summary>
    /// <param name="Generation">The call's last negotiation; 0 where none had begun.</param>
    /// <param name="Reason">Why.</param>
    public sealed record CallEnded(int Generation, CallEndReason Reason) : CallEvent;

    /// <summary>The session has ended; the last event.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record SessionEnded(CallEndReason Reason) : CallEvent;
}
