using RoomCall.DataChannels;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

// The ways to where a test begins.
internal sealed partial class FlowBench
{
    public static FlowBench Asking(FlowRules? rules = null) => new FlowBench(rules ?? new FlowRules()).Give(new CallInput.Join());

    /// <summary>First in the room; local media is ready, or is being asked for where the rules want it.</summary>
    public static FlowBench Alone(FlowRules? rules = null) => Asking(rules).Hears(new RoomEvent.Created(Room, Me, []));

    /// <summary>Second in the room; the other is its initiator.</summary>
    public static FlowBench JoinedToPeer(FlowRules? rules = null) =>
        Asking(rules).Hears(new RoomEvent.Joined(Room, Me, [You], You, []));

    public static FlowBench OfferSent(FlowRules? rules = null) => Alone(rules).PeerComes().WithMedia().OfferCreated().LocalApplied();

    public static FlowBench InitiatorConnecting(FlowRules? rules = null, bool canRestartIce = true) =>
        OfferSent(rules).Say(new PeerMessage.Answer("your answer", 1, canRestartIce)).RemoteApplied();

    public static FlowBench InitiatorConnected(FlowRules? rules = null, bool canRestartIce = true) =>
        InitiatorConnecting(rules, canRestartIce).Turns(PeerConnectionState.Connected).Channel(DataChannelState.Open);

    public static FlowBench OfferTaken(FlowRules? rules = null) =>
        JoinedToPeer(rules).WithMedia().Say(new PeerMessage.Offer("your offer", 1));

    public static FlowBench JoinerConnecting(FlowRules? rules = null) => OfferTaken(rules).Answers();

    public static FlowBench JoinerConnected(FlowRules? rules = null) =>
        JoinerConnecting(rules).Turns(PeerConnectionState.Connected).Channel(DataChannelState.Open);

    /// <summary>A flow in each phase that a session can be in, by its name.</summary>
    public static FlowBench In(CallPhase phase) => phase switch
    {
        CallPhase.Joining => Asking(),
        CallPhase.Waiting => Alone(),
        CallPhase.Preparing => JoinedToPeer(new FlowRules { WantsMedia = true }),
        CallPhase.Negotiating => OfferSent(),
        CallPhase.Connecting => JoinerConnecting(),
        CallPhase.Connected => InitiatorConnected(),
        CallPhase.Recovering => JoinerConnected().Turns(PeerConnectionState.Failed),
        CallPhase.Ending => InitiatorConnected().HangUp(),
        CallPhase.Ended => Alone().HangUp().RoomLeft(),
        _ => throw new ArgumentOutOfRangeException(nameof(phase)),
    };

    public FlowBench PeerComes(string peer = You) => Hears(new RoomEvent.Join(peer, Me));

    public FlowBench PeerLeaves(string peer = You, PeerLeftReason reason = PeerLeftReason.Left) =>
        Hears(new RoomEvent.Left(peer, reason, Me));

    /// <summary>The server was started anew, and this side is the first in the new room.</summary>
    public FlowBench RejoinsAlone() => Hears(new RoomEvent.Interrupted()).Hears(new RoomEvent.Created(Room, Me, []));

    /// <summary>The server was started anew, and another is in the new room already.</summary>
    public FlowBench RejoinsTo(string peer = You, string? initiator = null) =>
        Hears(new RoomEvent.Interrupted()).Hears(new RoomEvent.Joined(Room, Me, [peer], initiator ?? peer, []));

    /// <summary>The engine applies the offer that was taken, and the answer is made and sent.</summary>
    public FlowBench Answers() => RemoteApplied().AnswerCreated().LocalApplied();

    /// <summary>The engine makes and applies the offer, and it is sent.</summary>
    public FlowBench Offers() => OfferCreated().LocalApplied();

    private FlowBench WithMedia() => Rules.WantsMedia ? MediaReady() : this;
}
