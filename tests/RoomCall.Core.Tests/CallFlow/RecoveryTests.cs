using RoomCall.DataChannels;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

// D10: a lost connection is repaired, or the call ends.
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class RecoveryTests
{
    private static readonly FlowRules WithoutRestart = new() { CanRestartIce = false };

    [Test]
    public void The_initiator_restarts_ice_on_the_same_connection_where_both_can()
    {
        FlowBench flow = FlowBench.InitiatorConnected().Turns(PeerConnectionState.Failed);

        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Recovering));
        Assert.That(flow.Done<CallEffect.CreateOffer>().Single(), Is.EqualTo(new CallEffect.CreateOffer(1, IceRestart: true)));
        Assert.That(flow.Raised<CallEvent.RecoveryStarted>().Single().Attempt, Is.EqualTo(1));

        flow.Offers();
        Assert.That(flow.Sent<PeerMessage.Offer>().Single(), Is.EqualTo(new PeerMessage.Offer("my offer", 2, IceRestart: true)));

        flow.Say(new PeerMessage.Answer("again", 2, true)).RemoteApplied().Turns(PeerConnectionState.Connected);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connected));
        Assert.That(flow.Raised<CallEvent.CallConnected>().Single().Generation, Is.EqualTo(2));
        Assert.That(flow.State.RecoveryAttempts, Is.Zero);
    }

    [Test]
    public void The_initiator_replaces_the_connection_where_its_engine_cannot_restart_ice()
    {
        AssertReplaced(FlowBench.InitiatorConnected(WithoutRestart).Turns(PeerConnectionState.Failed));
    }

    [Test]
    public void The_initiator_replaces_the_connection_where_the_other_engine_cannot_restart_ice()
    {
        AssertReplaced(FlowBench.InitiatorConnected(canRestartIce: false).Turns(PeerConnectionState.Failed));
    }

    [Test]
    public void The_initiator_replaces_a_connection_that_is_closed()
    {
        AssertReplaced(FlowBench.InitiatorConnected().Turns(PeerConnectionState.Closed).Elapses(FlowTimer.Disconnected));
    }

    [Test]
    public void The_joiner_says_whether_its_engine_can_restart_ice([Values] bool canRestartIce)
    {
        FlowBench flow = FlowBench.JoinerConnecting(new FlowRules { CanRestartIce = canRestartIce });

        Assert.That(flow.Sent<PeerMessage.Answer>().Single().CanRestartIce, Is.EqualTo(canRestartIce));
    }

    [Test]
    public void The_joiner_asks_the_initiator_and_answers_its_offer()
    {
        FlowBench flow = FlowBench.JoinerConnected().Turns(PeerConnectionState.Failed);
        Assert.That(flow.Sent<PeerMessage.Restart>().Single().Generation, Is.EqualTo(1));
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Recovering));

        flow.Say(new PeerMessage.Offer("again", 2, IceRestart: true));
        Assert.That(flow.Done<CallEffect.SetRemoteDescription>().Single().Connection, Is.EqualTo(1));

        flow.Answers().Turns(PeerConnectionState.Connected);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connected));
        Assert.That(flow.State.Generation, Is.EqualTo(2));
    }

    [Test]
    public void The_joiner_replaces_its_connection_for_an_offer_of_a_new_one()
    {
        FlowBench flow = FlowBench.JoinerConnected().Say(new PeerMessage.Offer("new", 2));

        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Recovering));
        Assert.That(flow.Done<CallEffect.ClosePeerConnection>().Single().Connection, Is.EqualTo(1));
        Assert.That(flow.Done<CallEffect.RenewDataChannel>(), Has.One.Items);
        Assert.That(flow.Done<CallEffect.SetRemoteDescription>().Single().Connection, Is.EqualTo(2));

        flow.Answers().Turns(PeerConnectionState.Connected);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connected));
        Assert.That(flow.Running(FlowTimerSlot.Phase), Is.EqualTo(FlowTimer.DataChannel), "the new channel has its own deadline");
    }

    [Test]
    public void An_offer_of_a_new_connection_is_taken_at_every_step_of_a_negotiation([Range(0, 2)] int steps)
    {
        FlowBench flow = FlowBench.OfferTaken();
        _ = steps > 0 ? flow.RemoteApplied() : flow;
        _ = steps > 1 ? flow.AnswerCreated() : flow;

        flow.Say(new PeerMessage.Offer("new", 2));
        Assert.That(flow.Done<CallEffect.SetRemoteDescription>().Single().Connection, Is.EqualTo(2));

        flow.Give(new CallInput.LocalDescriptionApplied(1, new SessionDescription(SdpType.Answer, "of the closed connection")));
        Assert.That(flow.Last, Is.Empty);

        flow.Answers();
        Assert.That(flow.Sent<PeerMessage.Answer>().Single().Generation, Is.EqualTo(2));
    }

    [Test]
    public void An_offer_that_restarts_ice_waits_for_the_end_of_the_negotiation_under_way([Range(0, 2)] int steps)
    {
        FlowBench flow = FlowBench.OfferTaken();
        _ = steps > 0 ? flow.RemoteApplied() : flow;
        _ = steps > 1 ? flow.AnswerCreated() : flow;

        flow.Say(new PeerMessage.Offer("again", 2, IceRestart: true)).Say(FlowBench.Candidate("of the new", 2));
        Assert.That(flow.Done<CallEffect.SetRemoteDescription>(), Is.Empty);

        _ = steps == 0 ? flow.RemoteApplied() : flow;
        _ = steps <= 1 ? flow.AnswerCreated() : flow;
        flow.LocalApplied();
        Assert.That(flow.Sent<PeerMessage.Answer>().Single().Generation, Is.EqualTo(1));
        Assert.That(flow.Done<CallEffect.SetRemoteDescription>().Single().Description.Sdp, Is.EqualTo("again"));

        flow.RemoteApplied();
        Assert.That(flow.Done<CallEffect.AddIceCandidate>().Single().Candidate.Candidate, Is.EqualTo("of the new"));
    }

    [Test]
    public void A_connection_that_comes_back_by_itself_needs_no_repair()
    {
        FlowBench flow = FlowBench.InitiatorConnected().Turns(PeerConnectionState.Disconnected);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connected));

        flow.Turns(PeerConnectionState.Connected);
        Assert.That(flow.Running(FlowTimerSlot.Disconnected), Is.Null);
        Assert.That(flow.All.OfType<CallEffect.CreateOffer>(), Has.One.Items);
    }

    [Test]
    public void A_connection_that_comes_back_while_the_joiner_waits_for_the_new_offer_is_connected_again()
    {
        FlowBench flow = FlowBench.JoinerConnected().Turns(PeerConnectionState.Failed).Turns(PeerConnectionState.Connected);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connected));

        flow.Say(new PeerMessage.Offer("again", 2, IceRestart: true)).Answers();
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connected), "the engine stayed connected through the restart");
    }

    [Test]
    public void D10_a_loss_that_the_joiner_is_told_twice_is_one_attempt_and_one_wish()
    {
        FlowBench flow = FlowBench.JoinerConnected(new FlowRules { MaxRecoveryAttempts = 1 })
            .Turns(PeerConnectionState.Disconnected).Elapses(FlowTimer.Disconnected);
        Assert.That(flow.Sent<PeerMessage.Restart>(), Has.One.Items);

        flow.Turns(PeerConnectionState.Failed);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Recovering));
        Assert.That(flow.Last, Is.Empty);

        flow.Say(new PeerMessage.Offer("again", 2, IceRestart: true)).Answers().Turns(PeerConnectionState.Connected);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connected));
    }

    [Test]
    public void D6_a_second_loss_before_the_new_offer_has_its_deadline()
    {
        FlowBench flow = FlowBench.JoinerConnected().Turns(PeerConnectionState.Failed).Turns(PeerConnectionState.Connected)
            .Turns(PeerConnectionState.Failed);

        Assert.That(flow.Running(FlowTimerSlot.Phase), Is.EqualTo(FlowTimer.Recovery));
    }

    [Test]
    public void A_connection_that_does_not_come_back_in_time_is_repaired()
    {
        FlowBench flow = FlowBench.InitiatorConnected().Turns(PeerConnectionState.Disconnected).Elapses(FlowTimer.Disconnected);

        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Recovering));
    }

    [Test]
    public void A_connection_that_is_between_disconnected_and_connected_when_time_is_up_is_repaired()
    {
        FlowBench flow = FlowBench.InitiatorConnected()
            .Turns(PeerConnectionState.Disconnected).Turns(PeerConnectionState.Connecting).Elapses(FlowTimer.Disconnected);

        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Recovering));
    }

    [Test]
    public void A_connection_that_says_again_that_it_is_disconnected_gets_no_more_time()
    {
        FlowBench flow = FlowBench.InitiatorConnected().Turns(PeerConnectionState.Disconnected);
        int number = flow.Number(FlowTimerSlot.Disconnected);

        flow.Turns(PeerConnectionState.Connecting).Turns(PeerConnectionState.Disconnected);

        Assert.That(flow.Number(FlowTimerSlot.Disconnected), Is.EqualTo(number));
    }

    [Test]
    public void A_connection_that_is_lost_while_it_connects_is_repaired()
    {
        FlowBench flow = FlowBench.InitiatorConnecting().Turns(PeerConnectionState.Connecting).Turns(PeerConnectionState.Failed);

        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Recovering));
        Assert.That(flow.Done<CallEffect.CreateOffer>(), Has.One.Items);
    }

    [Test]
    public void An_engine_that_stays_connected_through_the_restart_is_connected_at_its_end()
    {
        FlowBench flow = FlowBench.InitiatorConnected().Say(new PeerMessage.Restart(1)).Offers()
            .Say(new PeerMessage.Answer("again", 2, true)).RemoteApplied();

        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connected));
        Assert.That(flow.Running(FlowTimerSlot.Phase), Is.Null);
    }

    [Test]
    public void Attempts_that_are_exhausted_end_the_call()
    {
        FlowBench flow = FlowBench.InitiatorConnected(new FlowRules { MaxRecoveryAttempts = 2 });
        for (int generation = 2; generation <= 3; generation++)
        {
            flow.Turns(PeerConnectionState.Failed).Offers().Say(new PeerMessage.Answer("again", generation, true)).RemoteApplied();
            Assert.That(flow.Phase, Is.EqualTo(CallPhase.Recovering));
        }

        flow.Turns(PeerConnectionState.Failed);
        Assert.That(flow.State.EndReason!.Code, Is.EqualTo(CallEndCode.ConnectionLost));
        Assert.That(flow.Sent<PeerMessage.Bye>().Single().Reason, Is.EqualTo("connection-lost"));
    }

    [Test]
    public void All_attempts_share_one_deadline()
    {
        FlowBench flow = FlowBench.InitiatorConnected().Turns(PeerConnectionState.Failed);
        int number = flow.Number(FlowTimerSlot.Phase);
        flow.Offers().Say(new PeerMessage.Answer("again", 2, true)).RemoteApplied().Turns(PeerConnectionState.Failed);
        Assert.That(flow.Number(FlowTimerSlot.Phase), Is.EqualTo(number));

        flow.Elapses(FlowTimer.Recovery);
        Assert.That(flow.State.EndReason!.Code, Is.EqualTo(CallEndCode.ConnectionLost));
    }

    [Test]
    public void A_repair_that_succeeded_gives_back_its_attempts()
    {
        FlowBench flow = FlowBench.InitiatorConnected(new FlowRules { MaxRecoveryAttempts = 1 });
        for (int generation = 2; generation <= 6; generation++)
        {
            flow.Turns(PeerConnectionState.Failed).Offers().Say(new PeerMessage.Answer("again", generation, true)).RemoteApplied()
                .Turns(PeerConnectionState.Connected);
            Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connected));
        }
    }

    [Test]
    public void D8_the_joiner_is_not_asked_for_an_offer()
    {
        FlowBench flow = FlowBench.JoinerConnected().Say(new PeerMessage.Restart(1));

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Unexpected]));
    }

    [Test]
    public void D7_a_wish_for_an_offer_of_an_earlier_generation_is_dropped()
    {
        FlowBench flow = FlowBench.InitiatorConnected().Turns(PeerConnectionState.Failed).Offers()
            .Say(new PeerMessage.Answer("again", 2, true)).RemoteApplied().Say(new PeerMessage.Restart(1));

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Stale]));
    }

    [Test]
    public void Both_sides_that_see_the_loss_at_once_make_one_new_offer()
    {
        FlowBench flow = FlowBench.InitiatorConnected().Turns(PeerConnectionState.Failed).Say(new PeerMessage.Restart(1));

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Stale]));
        Assert.That(flow.All.OfType<CallEffect.CreateOffer>(), Has.Exactly(2).Items);
    }

    [Test]
    public void A_wish_that_comes_while_the_answer_is_applied_is_not_lost()
    {
        FlowBench flow = FlowBench.OfferSent()
            .Say(new PeerMessage.Answer("answer", 1, true)).Say(new PeerMessage.Restart(1)).RemoteApplied();

        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Recovering));
        Assert.That(flow.Done<CallEffect.CreateOffer>().Single().IceRestart, Is.True);

        flow.Offers().Say(new PeerMessage.Answer("again", 2, true)).RemoteApplied().Turns(PeerConnectionState.Connected);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connected), "one wish leads to one offer");
    }

    [Test]
    public void What_the_replaced_connection_still_says_is_ignored()
    {
        FlowBench flow = FlowBench.InitiatorConnected(WithoutRestart).Turns(PeerConnectionState.Failed);
        FlowState before = flow.State;

        flow.Give(new CallInput.ConnectionChanged(1, PeerConnectionState.Connected))
            .Give(new CallInput.DataChannelChanged(1, DataChannelState.Closed))
            .Give(new CallInput.PeerConnectionClosed(1))
            .Give(new CallInput.OperationFailed(1, EngineOperation.SetLocalDescription, "closed"));

        Assert.That(flow.State, Is.EqualTo(before));
    }

    private static void AssertReplaced(FlowBench flow)
    {
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Recovering));
        Assert.That(flow.Done<CallEffect.ClosePeerConnection>().Single().Connection, Is.EqualTo(1));
        Assert.That(flow.Done<CallEffect.CreatePeerConnection>().Single(), Is.EqualTo(new CallEffect.CreatePeerConnection(2, true)));
        Assert.That(flow.Done<CallEffect.CreateOffer>().Single(), Is.EqualTo(new CallEffect.CreateOffer(2, IceRestart: false)));
        Assert.That(flow.Done<CallEffect.RenewDataChannel>(), Has.One.Items);

        flow.Offers();
        Assert.That(flow.Sent<PeerMessage.Offer>().Single(), Is.EqualTo(new PeerMessage.Offer("my offer", 2)));
    }

    [Test]
    public void D10_a_connection_that_fails_while_its_first_answer_is_applied_is_repaired()
    {
        FlowBench flow = FlowBench.OfferTaken().RemoteApplied().AnswerCreated().Turns(PeerConnectionState.Failed);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Negotiating), "the negotiation goes on");

        flow.LocalApplied();

        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Recovering));
        Assert.That(flow.Sent<PeerMessage.Restart>(), Has.One.Items);
    }
}
