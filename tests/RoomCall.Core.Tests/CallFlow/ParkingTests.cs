using RoomCall.DataChannels;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

// The offer that a waiting initiator makes ahead and leaves with the server (S1, S3, S10, S19, S20).
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class ParkingTests
{
    private static readonly FlowRules WithMedia = new() { WantsMedia = true };

    [Test]
    public void A_waiting_initiator_makes_its_offer_ahead_and_its_gate_stays_closed()
    {
        FlowBench flow = FlowBench.Alone();
        Assert.That(flow.Done<CallEffect.CreatePeerConnection>().Single().WithDataChannel, Is.True);
        Assert.That(flow.Done<CallEffect.CreateOffer>(), Has.One.Items);

        flow.Offers();
        Assert.That(flow.Parked<PeerMessage.Offer>().Single(), Is.EqualTo(new PeerMessage.Offer("my offer", 1)));
        Assert.That(flow.Raised<CallEvent.SignalSent>().Single(), Is.EqualTo(new CallEvent.SignalSent(SignalKind.Offer, 1)));
        Assert.That((flow.Phase, flow.State.IsStarted), Is.EqualTo((CallPhase.Waiting, false)));
        Assert.That(flow.All.OfType<CallEffect.Raise>().Select(raise => raise.Event), Has.None.InstanceOf<CallEvent.CallStarted>());
    }

    [Test]
    public void An_offer_is_made_ahead_when_local_media_is_there_and_not_before()
    {
        FlowBench flow = FlowBench.Alone(WithMedia);
        Assert.That(flow.Connection, Is.Zero);

        Assert.That(flow.MediaReady().Done<CallEffect.CreateOffer>(), Has.One.Items);
    }

    [Test]
    public void Where_it_is_not_wanted_nothing_is_made_ahead()
    {
        FlowBench flow = FlowBench.Alone(new FlowRules { ParkOffer = false });
        Assert.That(flow.Connection, Is.Zero);

        flow.PeerComes().Offers();
        Assert.That(flow.Sent<PeerMessage.Offer>().Single().Generation, Is.EqualTo(1));
    }

    [Test]
    public void One_that_waits_and_is_not_the_initiator_makes_nothing_ahead()
    {
        FlowBench flow = FlowBench.Asking().Hears(new RoomEvent.Joined(FlowBench.Room, FlowBench.Me, [], "one who is here longer", []));

        Assert.That((flow.Phase, flow.Connection), Is.EqualTo((CallPhase.Waiting, 0)));
    }

    [Test]
    public void S19_candidates_are_parked_after_their_offer_and_kept()
    {
        FlowBench flow = FlowBench.Alone().Finds("early");
        Assert.That(flow.Parked<PeerMessage.Candidate>(), Is.Empty, "a candidate never overtakes its offer");

        flow.Offers();
        Assert.That(flow.Parked<PeerMessage>().Select(message => message.Kind), Is.EqualTo([SignalKind.Offer, SignalKind.Candidate]));

        flow.Finds("late");
        Assert.That(flow.Parked<PeerMessage.Candidate>().Single(), Is.EqualTo(FlowBench.Candidate("late", 1)));
        Assert.That(flow.State.PendingLocalCandidates, Has.Count.EqualTo(2));
    }

    [Test]
    public void Candidates_above_the_limit_are_neither_parked_nor_kept()
    {
        FlowBench flow = FlowBench.Alone(new FlowRules { PendingCandidateLimit = 1 }).Offers().Finds("one").Finds("two");

        Assert.That(flow.Parked<PeerMessage.Candidate>(), Is.Empty);
        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.TooMany]));
        Assert.That(flow.State.PendingLocalCandidates, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_peer_that_was_handed_the_offer_is_not_sent_it_again()
    {
        FlowBench flow = FlowBench.Alone().Offers().Finds("one").Hears(Join(parked: 1));

        Assert.That(flow.Done<CallEffect.Send>(), Is.Empty);
        Assert.That(flow.Done<CallEffect.CreatePeerConnection>(), Is.Empty, "the connection made ahead is used");
        Assert.That(flow.Raised<CallEvent.CallStarted>().Single().IsInitiator, Is.True);
        Assert.That((flow.Phase, flow.State.IsStarted), Is.EqualTo((CallPhase.Negotiating, true)));

        flow.Finds("two");
        Assert.That(flow.Sent<PeerMessage.Candidate>().Single(), Is.EqualTo(FlowBench.Candidate("two", 1)));

        flow.Say(new PeerMessage.Answer("answer", 1)).RemoteApplied().Turns(PeerConnectionState.Connected);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connected));
    }

    [TestCase(null)]
    [TestCase(2)]
    public void A_peer_that_was_not_handed_the_offer_in_hand_is_sent_it_with_all_its_candidates(int? parked)
    {
        FlowBench flow = FlowBench.Alone().Offers().Finds("one").Finds("two").Hears(Join(parked));

        Assert.That(flow.Sent<PeerMessage>().Select(message => message.Kind),
            Is.EqualTo([SignalKind.Offer, SignalKind.Candidate, SignalKind.Candidate]));
        Assert.That(flow.Sent<PeerMessage.Offer>().Single(), Is.EqualTo(new PeerMessage.Offer("my offer", 1)));
        Assert.That(flow.State.PendingLocalCandidates, Is.Empty);
    }

    [Test]
    public void A_peer_that_comes_while_the_offer_is_being_made_is_sent_it_when_it_is()
    {
        FlowBench flow = FlowBench.Alone().Finds("one").Hears(Join(parked: null));
        Assert.That(flow.Done<CallEffect.Send>(), Is.Empty);

        flow.Offers();
        Assert.That(flow.Parked<PeerMessage>(), Is.Empty);
        Assert.That(flow.Sent<PeerMessage>().Select(message => message.Kind), Is.EqualTo([SignalKind.Offer, SignalKind.Candidate]));
    }

    [Test]
    public void A_server_that_says_it_handed_out_what_was_not_made_yet_is_not_believed()
    {
        FlowBench flow = FlowBench.Alone().Hears(Join(parked: 1)).Offers();

        Assert.That(flow.Sent<PeerMessage.Offer>(), Has.One.Items);
    }

    [Test]
    public void What_was_made_ahead_is_closed_when_the_peer_that_comes_makes_the_offer()
    {
        FlowBench flow = FlowBench.Alone().Offers().Hears(new RoomEvent.Join(FlowBench.You, FlowBench.You));

        Assert.That(flow.Done<CallEffect.ClosePeerConnection>().Single().Connection, Is.EqualTo(1));
        Assert.That(flow.Done<CallEffect.RenewDataChannel>().Single().KeepUnopened, Is.True, "what was sent on the channel waits on");
        Assert.That(flow.Done<CallEffect.CreatePeerConnection>().Single().WithDataChannel, Is.False);
        Assert.That(flow.State.Step, Is.EqualTo(NegotiationStep.AwaitingOffer));
    }

    [TestCase("bye")]
    [TestCase("left")]
    public void The_one_who_stays_makes_the_next_offer_ahead_under_a_new_generation(string how)
    {
        FlowBench flow = FlowBench.InitiatorConnected();
        _ = how == "bye" ? flow.Say(new PeerMessage.Bye()) : flow.PeerLeaves();
        Assert.That((flow.Phase, flow.Connection), Is.EqualTo((CallPhase.Waiting, 2)));

        flow.Offers();
        Assert.That(flow.Parked<PeerMessage.Offer>().Single().Generation, Is.EqualTo(2));
    }

    [Test]
    public void An_end_while_waiting_closes_what_was_made_ahead_and_no_call_has_ended()
    {
        FlowBench[] ended =
        [
            FlowBench.Alone().Offers().HangUp(),
            FlowBench.Alone().Offers().Elapses(FlowTimer.Wait),
            FlowBench.Alone().Offers().Give(new CallInput.SignalingEnded("The server is gone.")),
        ];

        foreach (FlowBench flow in ended)
        {
            Assert.That(flow.Done<CallEffect.ClosePeerConnection>(), Has.One.Items);
            Assert.That(flow.Raised<CallEvent.CallEnded>(), Is.Empty);
            Assert.That(flow.Sent<PeerMessage.Bye>(), Is.Empty);
        }
    }

    [Test]
    public void S17_S20_an_engine_that_fails_ahead_ends_the_session_as_it_would_later()
    {
        Assert.That(FlowBench.Alone().Fails(EngineOperation.CreatePeerConnection).State.EndReason!.Code, Is.EqualTo(CallEndCode.PeerConnectionFailed));
        Assert.That(FlowBench.Alone().Fails(EngineOperation.CreateOffer).State.EndReason!.Code, Is.EqualTo(CallEndCode.NegotiationFailed));
    }

    [Test]
    public void A_channel_that_its_user_closes_while_waiting_takes_the_offer_with_it_and_the_next_call_has_a_new_one()
    {
        FlowBench flow = FlowBench.Alone().Offers().Channel(DataChannelState.Closing);
        Assert.That(flow.Done<CallEffect.ClosePeerConnection>(), Has.One.Items);
        Assert.That(flow.Connection, Is.Zero);

        flow.Hears(Join(parked: 1)).Offers();
        Assert.That(flow.Sent<PeerMessage.Offer>().Single().Generation, Is.EqualTo(2), "the one that was handed out is replaced");
    }

    [Test]
    public void A_part_of_the_offer_that_the_server_refuses_makes_all_of_it_void()
    {
        FlowBench flow = FlowBench.Alone().Offers().Hears(new RoomEvent.Error(RoomErrorCode.TooManyMessages, "Slow down."));
        Assert.That(flow.Done<CallEffect.ClosePeerConnection>(), Has.One.Items);

        flow.Hears(Join(parked: 1)).Offers();
        Assert.That(flow.Sent<PeerMessage.Offer>().Single().Generation, Is.EqualTo(2));
    }

    [Test]
    public void D7_what_an_earlier_call_left_to_be_taken_is_cleared_when_the_next_begins_and_not_when_its_offer_is_made()
    {
        FlowBench flow = FlowBench.InitiatorConnected().Say(new PeerMessage.Bye()).Offers();
        Assert.That(flow.All.OfType<CallEffect.ClearLobby>(), Has.One.Items, "that of the first call");

        flow.PeerComes(FlowBench.Next);
        Assert.That(flow.Done<CallEffect.ClearLobby>(), Has.One.Items);
    }

    private static RoomEvent.Join Join(int? parked) => new(FlowBench.You, FlowBench.Me) { Parked = parked };
}
