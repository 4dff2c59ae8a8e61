using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

// A server that was started anew has forgotten the room, and the room is asked for again (D11).
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class RejoiningTests
{
    private static readonly FlowRules WithMedia = new() { WantsMedia = true };

    [Test]
    public void Let_in_again_the_user_is_told_and_the_interruption_is_over()
    {
        FlowBench flow = FlowBench.InitiatorConnected().RejoinsAlone();

        Assert.That(flow.Raised<CallEvent.RoomJoined>().Single(), Is.EqualTo(new CallEvent.RoomJoined(FlowBench.Me, true)));
        Assert.That(flow.State.IsSignalingInterrupted, Is.False);
        Assert.That(flow.Running(FlowTimerSlot.Signaling), Is.Null);
    }

    [Test]
    public void An_interruption_before_the_first_answer_is_over_with_it()
    {
        FlowBench flow = FlowBench.Asking().RejoinsAlone();

        Assert.That((flow.Phase, flow.State.IsSignalingInterrupted), Is.EqualTo((CallPhase.Waiting, false)));
    }

    [Test]
    public void A_room_that_is_full_or_closed_meanwhile_ends_the_session()
    {
        FlowBench full = FlowBench.InitiatorConnected().Hears(new RoomEvent.Interrupted()).Hears(new RoomEvent.Full(FlowBench.Room));
        FlowBench closed = FlowBench.InitiatorConnected().Hears(new RoomEvent.Interrupted())
            .Hears(new RoomEvent.Error(RoomErrorCode.NotAllowed, "Sign in again."));

        Assert.That(full.State.EndReason!.Code, Is.EqualTo(CallEndCode.RoomFull));
        Assert.That(closed.State.EndReason!.Code, Is.EqualTo(CallEndCode.JoinRejected));
        Assert.That(closed.State.EndReason.Detail, Does.Contain("Sign in again."));
    }

    // --- a call that is up

    [Test]
    public void A_call_that_is_up_goes_on_untouched_whoever_comes_back_first([Values] bool isInitiator, [Values] bool isFirst)
    {
        FlowBench flow = isInitiator ? FlowBench.InitiatorConnected() : FlowBench.JoinerConnected();
        int connection = flow.Connection;

        Effects<CallEffect>(
            flow,
            isFirst ? () => flow.RejoinsAlone().PeerComes() : () => flow.RejoinsTo(),
            effect => Assert.That(effect, Is.TypeOf<CallEffect.StartTimer>().Or.TypeOf<CallEffect.StopTimer>().Or.TypeOf<CallEffect.Raise>()));

        Assert.That((flow.Phase, flow.Connection, flow.State.Generation), Is.EqualTo((CallPhase.Connected, connection, 1)));
        Assert.That(flow.State.IsInitiator, Is.EqualTo(isFirst), "the role is what the server says now");
        Assert.That(flow.State.ToCallState().IsRemoteAway, Is.False);
    }

    [Test]
    public void One_whose_other_side_has_not_come_back_yet_sees_it_away_and_says_nothing()
    {
        FlowBench flow = FlowBench.InitiatorConnected().RejoinsAlone();
        Assert.That(flow.State.ToCallState().IsRemoteAway, Is.True);

        flow.Finds("one more");
        Assert.That(flow.Done<CallEffect.Send>(), Is.Empty);
    }

    [Test]
    public void A_new_initiator_of_a_call_that_is_up_counts_on_and_the_former_takes_nothing_below()
    {
        FlowBench joiner = FlowBench.JoinerConnected().RejoinsAlone().PeerComes().Turns(PeerConnectionState.Failed).Offers();
        Assert.That(joiner.Sent<PeerMessage.Offer>().Single(), Is.EqualTo(new PeerMessage.Offer("my offer", 2)));

        FlowBench initiator = FlowBench.InitiatorConnected().RejoinsTo();
        Assert.That(initiator.Say(new PeerMessage.Offer("late", 1)).Dropped, Is.EqualTo([SignalDropCode.Stale]));
        Assert.That(initiator.Say(new PeerMessage.Offer("new", 2)).Done<CallEffect.SetRemoteDescription>(), Has.One.Items);
    }

    [Test]
    public void A_wish_for_an_offer_that_may_be_lost_can_be_made_again()
    {
        FlowBench flow = FlowBench.JoinerConnected().Turns(PeerConnectionState.Failed).Turns(PeerConnectionState.Connected);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connected));

        flow.RejoinsTo().Turns(PeerConnectionState.Failed);
        Assert.That(flow.Sent<PeerMessage.Restart>().Single().Generation, Is.EqualTo(1));
    }

    [Test]
    public void A_call_that_is_lost_while_the_other_side_is_not_back_waits_for_it_and_is_begun_anew()
    {
        FlowBench flow = FlowBench.InitiatorConnected().RejoinsAlone().Turns(PeerConnectionState.Failed);
        Assert.That((flow.Phase, flow.Running(FlowTimerSlot.Phase)), Is.EqualTo((CallPhase.Recovering, FlowTimer.Recovery)));
        Assert.That(flow.Done<CallEffect.CreateOffer>(), Is.Empty);

        flow.PeerComes().Offers();
        Assert.That(flow.Sent<PeerMessage.Offer>().Single(), Is.EqualTo(new PeerMessage.Offer("my offer", 2)));
    }

    [Test]
    public void A_stranger_in_the_room_of_a_call_that_is_up_is_not_taken_in([Values] bool isFirst)
    {
        FlowBench flow = FlowBench.InitiatorConnected();

        _ = isFirst ? flow.RejoinsTo(FlowBench.Next) : flow.RejoinsAlone().PeerComes(FlowBench.Next);

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Unexpected]));
        Assert.That((flow.Phase, flow.State.Remote), Is.EqualTo((CallPhase.Connected, FlowBench.You)));
    }

    // --- a call that is not up

    [Test]
    public void The_initiator_of_a_call_that_is_not_up_makes_a_new_offer_on_a_new_connection([Values] bool isFirst)
    {
        FlowBench flow = FlowBench.OfferSent();

        _ = isFirst ? flow.RejoinsAlone().PeerComes() : flow.RejoinsTo(initiator: FlowBench.Me);
        Assert.That(flow.Sent<PeerMessage>().Single(), Is.TypeOf<PeerMessage.GotUserMedia>());
        Assert.That(flow.Done<CallEffect.ClosePeerConnection>().Single().Connection, Is.EqualTo(1));
        Assert.That(flow.Done<CallEffect.CreateOffer>().Single(), Is.EqualTo(new CallEffect.CreateOffer(2, IceRestart: false)));

        flow.Offers();
        Assert.That(flow.Sent<PeerMessage.Offer>().Single().Generation, Is.EqualTo(2));
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Negotiating));
    }

    [Test]
    public void The_other_side_of_a_call_that_is_not_up_asks_for_an_offer_by_a_number_that_nobody_has_used([Values] bool isFirst)
    {
        FlowBench flow = FlowBench.JoinerConnecting();

        _ = isFirst ? flow.RejoinsAlone().Hears(new RoomEvent.Join(FlowBench.You, FlowBench.You)) : flow.RejoinsTo();

        Assert.That(flow.Sent<PeerMessage.Restart>().Single().Generation, Is.EqualTo(2));
        Assert.That((flow.Phase, flow.State.Step), Is.EqualTo((CallPhase.Recovering, NegotiationStep.AwaitingOffer)));
        Assert.That(flow.Say(new PeerMessage.Offer("new", 2)).Done<CallEffect.SetRemoteDescription>(), Has.One.Items);
    }

    [Test]
    public void A_former_initiator_gives_its_offer_up_and_asks_for_one_above_it()
    {
        FlowBench flow = FlowBench.OfferSent().RejoinsTo();

        Assert.That(flow.Sent<PeerMessage.Restart>().Single().Generation, Is.EqualTo(2));
        Assert.That(flow.Say(new PeerMessage.Offer("of the same number", 1)).Dropped, Is.EqualTo([SignalDropCode.Stale]));
        Assert.That(flow.Say(new PeerMessage.Answer("late", 1)).Dropped, Is.EqualTo([SignalDropCode.Unexpected]));
    }

    [TestCase(CallPhase.Negotiating)]
    [TestCase(CallPhase.Connected)]
    public void An_initiator_that_is_asked_by_a_number_above_its_own_makes_a_new_connection_and_counts_on(CallPhase phase)
    {
        FlowBench flow = FlowBench.In(phase).Say(new PeerMessage.Restart(5));
        Assert.That(flow.Done<CallEffect.CreateOffer>().Single().IceRestart, Is.False);

        flow.Offers();
        Assert.That(flow.Sent<PeerMessage.Offer>().Single().Generation, Is.EqualTo(5));
    }

    [Test]
    public void An_initiator_that_is_asked_before_its_gate_has_opened_makes_the_offer_when_it_does()
    {
        FlowBench flow = FlowBench.Alone(WithMedia).PeerComes().Say(new PeerMessage.Restart(5));
        Assert.That(flow.Last, Has.Length.EqualTo(1), "only that it came is told");

        flow.MediaReady().Offers();
        Assert.That(flow.Sent<PeerMessage.Offer>().Single().Generation, Is.EqualTo(5));
    }

    [Test]
    public void A_wish_that_crosses_with_the_new_offer_makes_no_other()
    {
        FlowBench flow = FlowBench.OfferSent().RejoinsAlone().PeerComes().Say(new PeerMessage.Restart(2));

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Stale]));
    }

    [Test]
    public void An_offer_that_restarts_a_connection_which_this_side_has_no_more_is_not_taken_and_another_is_asked_for()
    {
        FlowBench flow = FlowBench.JoinerConnecting().RejoinsTo().Say(new PeerMessage.Offer("restart", 2, IceRestart: true));

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Unexpected]));
        Assert.That(flow.Done<CallEffect.SetRemoteDescription>(), Is.Empty);
        Assert.That(flow.Sent<PeerMessage.Restart>().Single().Generation, Is.EqualTo(3));
    }

    // --- before the gate, and when the other side does not come back

    [Test]
    public void Before_its_gate_one_begins_with_the_other_side_as_if_they_had_just_met()
    {
        FlowBench flow = FlowBench.JoinedToPeer(WithMedia).Say(new PeerMessage.Offer("lost", 3)).RejoinsTo();
        Assert.That(flow.State.PendingOffer, Is.Null);

        flow.Say(new PeerMessage.Offer("new", 1)).MediaReady();
        Assert.That(flow.Done<CallEffect.SetRemoteDescription>().Single().Description.Sdp, Is.EqualTo("new"));
    }

    [Test]
    public void Before_its_gate_one_whose_other_side_is_not_back_waits_and_meets_it_again()
    {
        FlowBench flow = FlowBench.JoinedToPeer(WithMedia).RejoinsAlone();
        Assert.That(flow.Raised<CallEvent.CallEnded>().Single().Reason.Code, Is.EqualTo(CallEndCode.RemoteVanished));
        Assert.That((flow.Phase, flow.State.IsInitiator), Is.EqualTo((CallPhase.Waiting, true)));

        Assert.That(flow.PeerComes().Raised<CallEvent.PeerJoined>(), Has.One.Items);
    }

    [Test]
    public void A_call_whose_other_side_does_not_come_back_in_the_time_of_its_phase_ends_and_the_session_goes_on()
    {
        FlowBench[] waiting =
        [
            FlowBench.OfferSent().RejoinsAlone().Elapses(FlowTimer.RemoteMedia),
            FlowBench.JoinerConnecting().RejoinsAlone().Elapses(FlowTimer.Connection),
            FlowBench.JoinerConnected().RejoinsAlone().Turns(PeerConnectionState.Failed).Elapses(FlowTimer.Recovery),
        ];

        foreach (FlowBench flow in waiting)
        {
            Assert.That(flow.Raised<CallEvent.CallEnded>().Single().Reason.Code, Is.EqualTo(CallEndCode.RemoteVanished));
            Assert.That((flow.Phase, flow.State.IsInitiator), Is.EqualTo((CallPhase.Waiting, true)));
        }
    }

    [Test]
    public void A_session_of_one_call_ends_with_a_peer_that_does_not_come_back()
    {
        FlowBench flow = FlowBench.OfferSent(new FlowRules { EndWhenRemoteLeaves = true }).RejoinsAlone().Elapses(FlowTimer.RemoteMedia);

        Assert.That((flow.Phase, flow.State.EndReason!.Code), Is.EqualTo((CallPhase.Ending, CallEndCode.RemoteVanished)));
    }

    [Test]
    public void A_stranger_takes_the_place_of_one_whose_call_was_not_up([Values] bool isFirst)
    {
        FlowBench flow = FlowBench.OfferSent();

        _ = isFirst ? flow.RejoinsTo(FlowBench.Next) : flow.RejoinsAlone().PeerComes(FlowBench.Next);

        Assert.That(flow.Raised<CallEvent.PeerLeft>().Single().Peer, Is.EqualTo(FlowBench.You));
        Assert.That(flow.Raised<CallEvent.PeerJoined>().Single().Peer, Is.EqualTo(FlowBench.Next));
        Assert.That((flow.State.Remote, flow.State.IsInitiator), Is.EqualTo((FlowBench.Next, !isFirst)));
    }

    [Test]
    public void A_session_of_one_call_that_was_not_up_ends_when_a_stranger_is_in_its_place([Values] bool isFirst)
    {
        FlowBench flow = FlowBench.OfferSent(new FlowRules { EndWhenRemoteLeaves = true });

        _ = isFirst ? flow.RejoinsTo(FlowBench.Next) : flow.RejoinsAlone().PeerComes(FlowBench.Next);

        Assert.That((flow.Phase, flow.State.EndReason!.Code), Is.EqualTo((CallPhase.Ending, CallEndCode.RemoteVanished)));
        Assert.That(flow.Raised<CallEvent.PeerJoined>(), Is.Empty);
    }

    // --- waiting, and ending

    [Test]
    public void One_that_waits_parks_again_what_the_server_has_forgotten()
    {
        FlowBench flow = FlowBench.Alone().Offers().Finds("one").RejoinsAlone();

        Assert.That(flow.Parked<PeerMessage>().Select(message => message.Kind), Is.EqualTo([SignalKind.Offer, SignalKind.Candidate]));
        Assert.That(flow.Done<CallEffect.CreateOffer>(), Is.Empty);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Waiting));
    }

    [TestCase(FlowBench.Next)]
    [TestCase(FlowBench.Me)]
    public void One_that_waited_meets_who_was_faster_in_the_role_that_the_server_says(string initiator)
    {
        FlowBench flow = FlowBench.Alone().Offers().RejoinsTo(FlowBench.Next, initiator);

        bool isInitiator = initiator == FlowBench.Me;
        Assert.That((flow.State.Remote, flow.State.IsInitiator), Is.EqualTo((FlowBench.Next, isInitiator)));
        Assert.That(flow.Sent<PeerMessage.Offer>().Any(), Is.EqualTo(isInitiator), "the new server has handed out nothing");
        Assert.That(flow.Connection, Is.EqualTo(isInitiator ? 1 : 2));
    }

    [Test]
    public void One_that_hangs_up_while_the_other_side_is_not_back_tells_it_if_it_comes_in_time([Values] bool comes)
    {
        FlowBench flow = FlowBench.InitiatorConnected().RejoinsAlone().HangUp();
        if (comes)
            flow.PeerComes();

        flow.Closed();

        Assert.That(flow.Sent<PeerMessage.Bye>().Any(), Is.EqualTo(comes));
        Assert.That(flow.Last[^1], Is.TypeOf<CallEffect.LeaveRoom>());
    }

    private static void Effects<T>(FlowBench flow, Action act, Action<T> check)
        where T : CallEffect
    {
        int before = flow.All.Count;
        act();
        foreach (T effect in flow.All.Skip(before).OfType<T>())
        {
            check(effect);
        }
    }
}
