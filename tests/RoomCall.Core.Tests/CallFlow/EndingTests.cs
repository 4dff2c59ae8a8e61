using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

// Hanging up, being hung up on, and what follows the end (S15, S24 to S26).
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class EndingTests
{
    private static readonly CallPhase[] Living = [.. Enum.GetValues<CallPhase>().Where(phase => phase < CallPhase.Ending)];

    private static readonly CallPhase[] WithPeer = [.. Living.Where(phase => phase >= CallPhase.Preparing)];

    [TestCaseSource(nameof(Living))]
    public void S24_a_hang_up_in_every_phase_stops_tells_the_peer_and_leaves(CallPhase phase)
    {
        FlowBench flow = FlowBench.In(phase);
        (bool isOpen, bool hasPeer) = (flow.Connection != 0, flow.State.IsChannelReady);
        bool isConnected = flow.State.ConnectionState == PeerConnectionState.Connected;

        flow.HangUp();
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Ending));
        Assert.That(flow.Done<CallEffect.ClosePeerConnection>().Any(), Is.EqualTo(isOpen));
        Assert.That(flow.Done<CallEffect.ClosePeerConnection>().Any(close => close.Deliver), Is.EqualTo(isConnected));
        if (isConnected)
        {
            Assert.That(flow.Sent<PeerMessage.Bye>(), Is.Empty, "what was sent arrives first");
            flow.Closed();
        }

        Assert.That(flow.Sent<PeerMessage.Bye>().Any(bye => bye.Reason is null), Is.EqualTo(hasPeer));
        Assert.That(flow.Last[^1], Is.TypeOf<CallEffect.LeaveRoom>());

        flow.RoomLeft();
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Ended));
        Assert.That(flow.Done<CallEffect.Complete>().Single().Reason.Code, Is.EqualTo(CallEndCode.HungUp));
        Assert.That(flow.State.ToCallState().EndReason!.Code, Is.EqualTo(CallEndCode.HungUp));
    }

    [Test]
    public void A_second_hang_up_changes_nothing()
    {
        Assert.That(FlowBench.In(CallPhase.Ending).HangUp().Last, Is.Empty);
        Assert.That(FlowBench.In(CallPhase.Ended).HangUp().Last, Is.Empty);
    }

    [TestCaseSource(nameof(WithPeer))]
    public void S15_S25_the_remote_hang_up_in_every_phase_ends_the_call_and_this_side_waits_for_the_next(CallPhase phase)
    {
        FlowBench flow = FlowBench.In(phase);
        bool isStarted = flow.State.IsStarted;

        flow.Say(new PeerMessage.Bye());

        Assert.That((flow.Phase, flow.State.IsInitiator), Is.EqualTo((CallPhase.Waiting, true)));
        Assert.That(flow.Raised<CallEvent.CallEnded>().Single().Reason.Code, Is.EqualTo(CallEndCode.RemoteHungUp));
        Assert.That(flow.Done<CallEffect.ClosePeerConnection>().Any(), Is.EqualTo(isStarted));
        Assert.That(flow.Sent<PeerMessage.Bye>(), Is.Empty);
    }

    [TestCase(null, CallEndCode.RemoteHungUp)]
    [TestCase("hung-up", CallEndCode.RemoteHungUp)]
    [TestCase("media-refused", CallEndCode.RemoteMediaFailed)]
    [TestCase("media-failed", CallEndCode.RemoteMediaFailed)]
    [TestCase("media-timed-out", CallEndCode.RemoteMediaFailed)]
    [TestCase("negotiation-failed", CallEndCode.RemoteFailed)]
    [TestCase("a-reason-of-the-future", CallEndCode.RemoteFailed)]
    public void A_remote_end_says_why(string? reason, CallEndCode code)
    {
        FlowBench flow = FlowBench.OfferSent(new FlowRules { EndWhenRemoteLeaves = true }).Say(new PeerMessage.Bye(reason));
        Assert.That(flow.Sent<PeerMessage.Bye>(), Is.Empty, "a bye is not answered");

        flow.RoomLeft();
        Assert.That(flow.Done<CallEffect.Complete>().Single().Reason.Code, Is.EqualTo(code));
    }

    [Test]
    public void S26_stopping_forgets_all_of_the_call([Values] bool parks)
    {
        FlowRules rules = new() { ParkOffer = parks };
        FlowState state = FlowBench.InitiatorConnected(rules).Say(new PeerMessage.Bye()).State;
        FlowState alone = FlowBench.Alone(rules).State;

        Assert.That(state, Is.EqualTo(alone with
        {
            Generation = state.Generation,
            ConnectionGeneration = state.ConnectionGeneration,
            Connection = state.Connection,
            LastConnection = state.LastConnection,
            LastTimer = state.LastTimer,
            PhaseTimer = state.PhaseTimer,
            PendingLocalCandidates = state.PendingLocalCandidates,
            PendingRemoteCandidates = state.PendingRemoteCandidates,
        }));
        Assert.That(state.Connection, Is.EqualTo(parks ? 2 : 0), "the next offer is made ahead, on a new connection");
    }

    [Test]
    public void A_hang_up_that_cannot_deliver_in_time_still_tells_the_peer_and_ends()
    {
        FlowBench flow = FlowBench.InitiatorConnected().HangUp().Elapses(FlowTimer.HangUp);

        Assert.That(flow.Sent<PeerMessage.Bye>(), Has.One.Items);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Ending), "the peer is told, and the room left, in a time of their own");

        flow.Elapses(FlowTimer.HangUp);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Ended));
    }

    [Test]
    public void A_server_that_does_not_end_the_leaving_cannot_hold_the_session()
    {
        FlowBench flow = FlowBench.Alone().HangUp().Elapses(FlowTimer.HangUp);

        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Ended));
        Assert.That(flow.Done<CallEffect.LeaveRoom>(), Is.Empty, "it was asked for before");
    }

    [Test]
    public void A_connection_that_is_lost_during_the_hang_up_delivers_no_more_and_the_peer_is_told()
    {
        FlowBench flow = FlowBench.InitiatorConnected().HangUp();
        Assert.That(flow.Sent<PeerMessage.Bye>(), Is.Empty);

        flow.Turns(PeerConnectionState.Failed);

        Assert.That(flow.Sent<PeerMessage.Bye>().Count(), Is.EqualTo(1));
        Assert.That(flow.Last[^1], Is.TypeOf<CallEffect.LeaveRoom>());
        flow.Closed();
        Assert.That(flow.Last, Is.Empty, "the other side is told once");
    }

    [Test]
    public void A_peer_that_leaves_during_the_hang_up_need_not_be_waited_for()
    {
        FlowBench flow = FlowBench.InitiatorConnected().HangUp().PeerLeaves();

        Assert.That(flow.Sent<PeerMessage.Bye>(), Is.Empty);
        Assert.That(flow.Done<CallEffect.LeaveRoom>(), Has.One.Items);
        Assert.That(flow.Closed().Last, Is.Empty);
        Assert.That(flow.RoomLeft().Phase, Is.EqualTo(CallPhase.Ended));
    }

    [Test]
    public void What_a_peer_says_during_the_hang_up_is_ignored([Values] SignalKind kind)
    {
        FlowBench flow = FlowBench.InitiatorConnected().HangUp();
        FlowState before = flow.State;

        flow.Say(Messages.Of(kind, 2));

        Assert.That(flow.Last, Is.Empty);
        Assert.That(flow.State, Is.EqualTo(before));
    }

    [Test]
    public void The_end_of_another_connection_does_not_end_the_hang_up()
    {
        FlowBench flow = FlowBench.InitiatorConnected().HangUp();

        Assert.That(flow.Give(new CallInput.PeerConnectionClosed(flow.Connection + 1)).Last, Is.Empty);
        Assert.That(flow.RoomLeft().Last, Is.Empty, "nor does a leave that was not asked for yet");
    }

    [Test]
    public void After_the_end_every_input_is_ignored()
    {
        FlowBench flow = FlowBench.In(CallPhase.Ended);
        FlowState before = flow.State;

        flow.HangUp().Say(new PeerMessage.Offer("late")).PeerComes().MediaReady().RoomLeft().Give(new CallInput.SignalingEnded("gone"))
            .Give(new CallInput.TimerElapsed(FlowTimer.HangUp, 1)).Hears(new RoomEvent.Interrupted());

        Assert.That(flow.State, Is.EqualTo(before));
        Assert.That(flow.All[^1], Is.TypeOf<CallEffect.Complete>());
    }
}
