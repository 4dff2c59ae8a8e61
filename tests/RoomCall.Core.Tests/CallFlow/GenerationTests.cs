using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

// Late, repeated, future and missing generations (D7, D8).
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class GenerationTests
{
    [Test]
    public void D7_a_late_answer_of_an_earlier_generation_is_dropped()
    {
        FlowBench flow = FlowBench.InitiatorConnected().Turns(PeerConnectionState.Failed).Offers();
        Assert.That(flow.State.Generation, Is.EqualTo(2));

        flow.Say(new PeerMessage.Answer("late", 1));

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Stale]));
        Assert.That(flow.State.Step, Is.EqualTo(NegotiationStep.AwaitingAnswer));
    }

    [Test]
    public void D7_an_answer_of_a_generation_that_was_not_offered_is_dropped()
    {
        FlowBench flow = FlowBench.OfferSent().Say(new PeerMessage.Answer("future", 2));

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Stale]));
    }

    [TestCase(1)]
    [TestCase(null)]
    public void D8_a_second_offer_of_the_same_negotiation_is_dropped(int? generation)
    {
        FlowBench flow = FlowBench.OfferTaken().Say(new PeerMessage.Offer("again", generation));

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Stale]));
        Assert.That(flow.Done<CallEffect.SetRemoteDescription>(), Is.Empty);
    }

    [Test]
    public void D8_an_offer_that_comes_twice_before_local_media_is_taken_once()
    {
        FlowBench flow = FlowBench.JoinedToPeer(new FlowRules { WantsMedia = true })
            .Say(new PeerMessage.Offer("first", 1)).Say(new PeerMessage.Offer("again", 1)).MediaReady();

        Assert.That(flow.Done<CallEffect.SetRemoteDescription>().Single().Description.Sdp, Is.EqualTo("first"));
    }

    [Test]
    public void Of_two_offers_that_wait_for_local_media_the_newer_is_taken()
    {
        FlowBench flow = FlowBench.JoinedToPeer(new FlowRules { WantsMedia = true })
            .Say(new PeerMessage.Offer("older", 1)).Say(FlowBench.Candidate("of the older", 1))
            .Say(new PeerMessage.Offer("newer", 2)).Say(FlowBench.Candidate("of the newer", 2))
            .MediaReady();
        Assert.That(flow.Done<CallEffect.SetRemoteDescription>().Single().Description.Sdp, Is.EqualTo("newer"));

        flow.RemoteApplied();
        Assert.That(flow.Done<CallEffect.AddIceCandidate>().Single().Candidate.Candidate, Is.EqualTo("of the newer"));
        Assert.That(flow.State.PendingRemoteCandidates, Is.Empty);
    }

    [Test]
    public void D8_an_answer_that_comes_twice_is_taken_once()
    {
        FlowBench flow = FlowBench.InitiatorConnecting().Say(new PeerMessage.Answer("again", 1));

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Unexpected]));
    }

    [Test]
    public void D8_an_answer_before_the_offer_is_dropped()
    {
        FlowBench flow = FlowBench.Alone().PeerComes().Say(new PeerMessage.Answer("early"));

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Unexpected]));
    }

    [Test]
    public void D8_an_answer_to_the_answerer_is_dropped()
    {
        FlowBench flow = FlowBench.JoinerConnected().Say(new PeerMessage.Answer("out of turn", 1));

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Unexpected]));
    }

    [Test]
    public void D8_an_offer_to_the_initiator_is_dropped_so_that_there_is_no_glare()
    {
        FlowBench flow = FlowBench.OfferSent().Say(new PeerMessage.Offer("glare", 7));

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Unexpected]));
        Assert.That(flow.State.Step, Is.EqualTo(NegotiationStep.AwaitingAnswer));
    }

    [Test]
    public void A_peer_that_numbers_nothing_is_taken_at_its_word_by_the_joiner()
    {
        FlowBench flow = FlowBench.JoinedToPeer().Say(new PeerMessage.Offer("a book's offer")).Say(FlowBench.Candidate("early"));
        flow.RemoteApplied();
        Assert.That(flow.Done<CallEffect.AddIceCandidate>(), Has.One.Items);

        flow.Say(FlowBench.Candidate("late"));
        Assert.That(flow.Done<CallEffect.AddIceCandidate>(), Has.One.Items);

        flow.AnswerCreated().LocalApplied();
        Assert.That(flow.Sent<PeerMessage.Answer>().Single().Generation, Is.EqualTo(1));
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connecting));
    }

    [Test]
    public void A_peer_that_numbers_nothing_is_taken_at_its_word_by_the_initiator()
    {
        FlowBench flow = FlowBench.OfferSent()
            .Say(FlowBench.Candidate("early")).Say(new PeerMessage.Answer("a book's answer")).RemoteApplied();

        Assert.That(flow.Done<CallEffect.AddIceCandidate>(), Has.One.Items);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connecting));
    }

    [Test]
    public void A_browser_that_knows_only_the_book_gets_a_restart_of_ice_on_the_same_connection()
    {
        FlowBench flow = FlowBench.OfferSent().Say(new PeerMessage.Answer("a book's answer")).RemoteApplied()
            .Turns(PeerConnectionState.Connected).Turns(PeerConnectionState.Failed);

        Assert.That(flow.Done<CallEffect.CreateOffer>().Single().IceRestart, Is.True);
    }

    [Test]
    public void D7_what_a_peer_of_an_earlier_call_says_is_dropped_whatever_it_is([Values] SignalKind kind)
    {
        FlowBench flow = FlowBench.InitiatorConnected().PeerLeaves().PeerComes(FlowBench.Next).Offers();
        FlowState before = flow.State;

        flow.Say(Messages.Of(kind, generation: 2), from: FlowBench.You);

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Stale]));
        Assert.That(flow.State, Is.EqualTo(before));
    }

    [Test]
    public void D8_what_cannot_be_read_is_dropped()
    {
        FlowBench flow = FlowBench.OfferSent().Give(new CallInput.PeerSaidNonsense(FlowBench.You, "The message is empty."));

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Malformed]));
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Negotiating));
    }

    [Test]
    public void A_peer_that_offers_the_highest_generation_does_not_spoil_the_next_call()
    {
        FlowBench flow = FlowBench.JoinedToPeer().Say(new PeerMessage.Offer("hostile", int.MaxValue)).Answers()
            .PeerLeaves().PeerComes(FlowBench.Next).Offers();

        Assert.That(flow.Sent<PeerMessage.Offer>().Single().Generation, Is.EqualTo(1));
    }

    [Test]
    public void An_offer_without_a_generation_is_numbered_even_after_the_highest()
    {
        FlowBench flow = FlowBench.JoinedToPeer(new FlowRules { ParkOffer = false })
            .Say(new PeerMessage.Offer("hostile", int.MaxValue)).PeerLeaves()
            .Hears(new RoomEvent.Join(FlowBench.Next, FlowBench.Next))
            .Say(new PeerMessage.Offer("a book's offer"), FlowBench.Next).Answers();

        Assert.That(flow.Sent<PeerMessage.Answer>().Single().Generation, Is.EqualTo(1));
    }

    // Where a room has more than two places, the next peer may be met by one who is not the initiator.
    [Test]
    public void D7_an_offer_that_waited_in_one_call_is_not_taken_in_the_next()
    {
        FlowBench flow = FlowBench.JoinedToPeer(new FlowRules { WantsMedia = true })
            .Say(new PeerMessage.Offer("of the last call")).Say(new PeerMessage.Bye());

        flow.Hears(new RoomEvent.Join(FlowBench.Next, FlowBench.Next)).MediaReady();

        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Negotiating));
        Assert.That(flow.Done<CallEffect.SetRemoteDescription>(), Is.Empty);
    }

    [Test]
    public void D7_candidates_that_waited_in_one_call_are_not_added_in_the_next()
    {
        FlowBench flow = FlowBench.JoinedToPeer(new FlowRules { WantsMedia = true })
            .Say(FlowBench.Candidate("of the last call")).Say(new PeerMessage.Bye());

        flow.Hears(new RoomEvent.Join(FlowBench.Next, FlowBench.Next)).MediaReady()
            .Say(new PeerMessage.Offer("of this call"), FlowBench.Next).RemoteApplied();

        Assert.That(flow.State.IsRemoteDescriptionApplied, Is.True);
        Assert.That(flow.Done<CallEffect.AddIceCandidate>(), Is.Empty);
    }
}
