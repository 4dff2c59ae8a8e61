using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

// D6: every phase has its deadline; D11: the connection to the server.
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class DeadlineTests
{
    private static readonly CallPhase[] Living = [.. Enum.GetValues<CallPhase>().Where(phase => phase < CallPhase.Ending)];

    [TestCase(FlowTimer.Join, CallEndCode.JoinTimedOut)]
    [TestCase(FlowTimer.Wait, CallEndCode.NobodyCame)]
    [TestCase(FlowTimer.Media, CallEndCode.MediaTimedOut)]
    [TestCase(FlowTimer.RemoteMedia, CallEndCode.NegotiationTimedOut)]
    [TestCase(FlowTimer.Negotiation, CallEndCode.NegotiationTimedOut)]
    [TestCase(FlowTimer.Connection, CallEndCode.ConnectionTimedOut)]
    [TestCase(FlowTimer.DataChannel, CallEndCode.DataChannelTimedOut)]
    [TestCase(FlowTimer.Recovery, CallEndCode.ConnectionLost)]
    [TestCase(FlowTimer.Signaling, CallEndCode.SignalingLost)]
    [TestCase(FlowTimer.HangUp, CallEndCode.HungUp)]
    public void D6_each_deadline_has_its_typed_end(FlowTimer timer, CallEndCode code)
    {
        FlowBench flow = Until(timer).Elapses(timer);

        Assert.That(flow.State.EndReason!.Code, Is.EqualTo(code));
        Assert.That(flow.Running(FlowTimerSlot.Phase), Is.EqualTo(timer == FlowTimer.HangUp ? (FlowTimer?)null : FlowTimer.HangUp));
    }

    [Test]
    public void D6_a_deadline_with_a_peer_there_is_told_to_it()
    {
        FlowBench flow = FlowBench.InitiatorConnecting().Elapses(FlowTimer.Connection);

        Assert.That(flow.Sent<PeerMessage.Bye>().Single().Reason, Is.EqualTo("connection-timed-out"));
    }

    [TestCaseSource(nameof(Living))]
    public void A_timer_that_elapsed_while_it_was_stopped_is_ignored(CallPhase phase)
    {
        FlowBench flow = FlowBench.In(phase);
        FlowState before = flow.State;

        foreach (FlowTimer timer in Enum.GetValues<FlowTimer>())
        {
            flow.Give(new CallInput.TimerElapsed(timer, before.LastTimer + 1));
            Assert.That(flow.Last, Is.Empty);
        }

        Assert.That(flow.State, Is.EqualTo(before));
    }

    [TestCaseSource(nameof(Living))]
    public void D11_an_interrupted_connection_to_the_server_is_waited_for_in_every_phase(CallPhase phase)
    {
        FlowBench flow = FlowBench.In(phase).Hears(new RoomEvent.Interrupted()).Hears(new RoomEvent.Interrupted());
        Assert.That((flow.Phase, flow.State.ToCallState().IsSignalingInterrupted), Is.EqualTo((phase, true)));

        flow.Hears(new RoomEvent.Resumed()).Hears(new RoomEvent.Resumed());
        Assert.That((flow.Phase, flow.State.IsSignalingInterrupted), Is.EqualTo((phase, false)));
        Assert.That(flow.Running(FlowTimerSlot.Signaling), Is.Null);
    }

    [TestCaseSource(nameof(Living))]
    public void D11_a_connection_to_the_server_that_is_not_repaired_in_time_ends_the_session_in_every_phase(CallPhase phase)
    {
        FlowBench flow = FlowBench.In(phase).Hears(new RoomEvent.Interrupted()).Elapses(FlowTimer.Signaling);

        Assert.That(flow.State.EndReason!.Code, Is.EqualTo(CallEndCode.SignalingLost));
    }

    [TestCaseSource(nameof(Living))]
    public void D11_a_connection_to_the_server_that_ends_ends_the_session_in_every_phase(CallPhase phase)
    {
        FlowBench flow = FlowBench.In(phase).Give(new CallInput.SignalingEnded("The server went away."));
        CallEndCode code = phase == CallPhase.Joining ? CallEndCode.SignalingUnavailable : CallEndCode.SignalingLost;
        Assert.That(flow.State.EndReason, Is.EqualTo(new CallEndReason(code, "The server went away.")));

        Assert.That(flow.RoomLeft().Phase, Is.EqualTo(CallPhase.Ended));
    }

    private static FlowBench Until(FlowTimer timer) => timer switch
    {
        FlowTimer.Join => FlowBench.Asking(),
        FlowTimer.Wait => FlowBench.Alone(),
        FlowTimer.Media => FlowBench.Alone(new FlowRules { WantsMedia = true }),
        FlowTimer.RemoteMedia => FlowBench.OfferSent(),
        FlowTimer.Negotiation => FlowBench.OfferTaken(),
        FlowTimer.Connection => FlowBench.InitiatorConnecting(),
        FlowTimer.DataChannel => FlowBench.InitiatorConnecting().Turns(PeerConnectionState.Connected),
        FlowTimer.Recovery => FlowBench.JoinerConnected().Turns(PeerConnectionState.Failed),
        FlowTimer.Signaling => FlowBench.Alone().Hears(new RoomEvent.Interrupted()),
        FlowTimer.HangUp => FlowBench.Alone().HangUp(),
        _ => throw new ArgumentOutOfRangeException(nameof(timer)),
    };
}
