using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

// Candidates of both sides (S14, S16, S19, D2, D7, D8).
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class CandidateTests
{
    [Test]
    public void S14_a_candidate_is_added_once_the_remote_description_is_applied()
    {
        FlowBench flow = FlowBench.OfferTaken().RemoteApplied().Say(FlowBench.Candidate("one", 1));

        Assert.That(flow.Done<CallEffect.AddIceCandidate>().Single().Candidate, Is.EqualTo(new IceCandidate("one", "0", 0)));
    }

    [Test]
    public void D2_candidates_that_come_before_the_start_wait_in_order()
    {
        FlowBench flow = FlowBench.JoinedToPeer(new FlowRules { WantsMedia = true })
            .Say(new PeerMessage.Offer("offer", 1)).Say(FlowBench.Candidate("one", 1)).Say(FlowBench.Candidate("two", 1)).MediaReady();
        Assert.That(flow.Done<CallEffect.AddIceCandidate>(), Is.Empty);

        flow.RemoteApplied();
        Assert.That(flow.Done<CallEffect.AddIceCandidate>().Select(add => add.Candidate.Candidate), Is.EqualTo(["one", "two"]));
    }

    [Test]
    public void D2_candidates_that_come_before_the_answer_wait_for_it()
    {
        FlowBench flow = FlowBench.OfferSent().Say(FlowBench.Candidate("one", 1)).Say(new PeerMessage.Answer("answer", 1))
            .Say(FlowBench.Candidate("two", 1));
        Assert.That(flow.All.OfType<CallEffect.AddIceCandidate>(), Is.Empty);

        flow.RemoteApplied().Say(FlowBench.Candidate("three", 1));
        IEnumerable<string> added = flow.All.OfType<CallEffect.AddIceCandidate>().Select(add => add.Candidate.Candidate);
        Assert.That(added, Is.EqualTo(["one", "two", "three"]));
    }

    [Test]
    public void Candidates_that_come_before_their_offer_wait_for_it()
    {
        FlowBench flow = FlowBench.JoinedToPeer()
            .Say(FlowBench.Candidate("early", 1)).Say(new PeerMessage.Offer("offer", 1)).RemoteApplied();

        Assert.That(flow.Done<CallEffect.AddIceCandidate>(), Has.One.Items);
    }

    [Test]
    public void Candidates_of_the_next_generation_wait_for_its_offer()
    {
        FlowBench flow = FlowBench.JoinerConnected().Say(FlowBench.Candidate("early", 2));
        Assert.That(flow.Done<CallEffect.AddIceCandidate>(), Is.Empty);

        flow.Say(new PeerMessage.Offer("again", 2, IceRestart: true)).RemoteApplied();
        Assert.That(flow.Done<CallEffect.AddIceCandidate>(), Has.One.Items);
    }

    [Test]
    public void D7_a_candidate_of_an_earlier_generation_is_dropped([Values] bool isInitiator)
    {
        FlowBench flow = isInitiator
            ? FlowBench.InitiatorConnected().Turns(PeerConnectionState.Failed)
            : FlowBench.JoinerConnected().Say(new PeerMessage.Offer("again", 2, IceRestart: true));

        Assert.That(flow.Say(FlowBench.Candidate("late", 1)).Dropped, Is.EqualTo([SignalDropCode.Stale]));
    }

    [Test]
    public void D8_a_candidate_of_a_generation_that_the_initiator_did_not_offer_is_dropped()
    {
        FlowBench flow = FlowBench.OfferSent().Say(FlowBench.Candidate("future", 2));

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Unexpected]));
    }

    [Test]
    public void D8_candidates_over_the_limit_are_dropped_and_the_others_kept()
    {
        FlowBench flow = FlowBench.OfferSent(new FlowRules { PendingCandidateLimit = 2 })
            .Say(FlowBench.Candidate("one", 1)).Say(FlowBench.Candidate("two", 1)).Say(FlowBench.Candidate("three", 1));
        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.TooMany]));

        flow.Say(new PeerMessage.Answer("answer", 1)).RemoteApplied();
        Assert.That(flow.Done<CallEffect.AddIceCandidate>().Select(add => add.Candidate.Candidate), Is.EqualTo(["one", "two"]));
    }

    [Test]
    public void D8_a_candidate_that_the_engine_refuses_harms_nothing_else()
    {
        FlowBench flow = FlowBench.InitiatorConnected().Fails(EngineOperation.AddIceCandidate);

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Malformed]));
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connected));
    }

    [Test]
    public void The_end_of_the_remote_candidates_is_told_to_the_engine()
    {
        FlowBench flow = FlowBench.InitiatorConnecting().Say(new PeerMessage.Candidate(new IceCandidate(string.Empty), 1));

        Assert.That(flow.Done<CallEffect.AddIceCandidate>().Single().Candidate.IsEndOfCandidates, Is.True);
    }

    [Test]
    public void S16_that_gathering_has_ended_is_shown_and_not_sent()
    {
        FlowBench flow = FlowBench.OfferSent();

        flow.Give(new CallInput.Notice(flow.Connection, new CallEvent.GatheringCompleted()));

        Assert.That(flow.Last, Is.EqualTo([new CallEffect.Raise(new CallEvent.GatheringCompleted())]));
    }

    [Test]
    public void S19_a_local_candidate_is_sent_with_its_generation()
    {
        FlowBench flow = FlowBench.OfferSent().Finds("mine");

        Assert.That(flow.Sent<PeerMessage.Candidate>().Single(), Is.EqualTo(FlowBench.Candidate("mine", 1)));
    }

    [Test]
    public void S19_local_candidates_never_overtake_the_offer()
    {
        FlowBench flow = FlowBench.Alone().PeerComes().OfferCreated().Finds("one").Finds("two");
        Assert.That(flow.Sent<PeerMessage>(), Is.Empty);

        flow.LocalApplied();
        Assert.That(flow.Sent<PeerMessage>(), Is.EqualTo((PeerMessage[])
            [new PeerMessage.Offer("my offer", 1), FlowBench.Candidate("one", 1), FlowBench.Candidate("two", 1)]));
    }

    [Test]
    public void S19_local_candidates_never_overtake_the_answer()
    {
        FlowBench flow = FlowBench.OfferTaken().RemoteApplied().AnswerCreated().Finds("one").LocalApplied();

        Assert.That(flow.Sent<PeerMessage>(), Is.EqualTo((PeerMessage[])
            [new PeerMessage.Answer("my answer", 1, true), FlowBench.Candidate("one", 1)]));
    }

    [TestCase("old", false, false)]
    [TestCase("old", true, false)]
    [TestCase("new", false, true)]
    [TestCase("new", true, true)]
    [TestCase(null, false, true)]
    public void D7_a_local_candidate_of_the_description_before_an_ice_restart_is_not_sent_as_one_of_the_new(
        string? fragment, bool isSentAlready, bool isSent)
    {
        const string Sdp = "v=0\r\na=ice-ufrag:new\r\na=ice-pwd:secret\r\n";
        FlowBench flow = FlowBench.InitiatorConnected().Turns(PeerConnectionState.Failed);
        flow.Give(new CallInput.OfferCreated(flow.Connection, new SessionDescription(SdpType.Offer, Sdp)));
        CallInput.CandidateFound found = new(flow.Connection, new IceCandidate("mine", "0", 0, fragment));

        if (isSentAlready)
            flow.LocalApplied().Give(found);
        else
            flow.Give(found).LocalApplied();

        Assert.That(flow.Sent<PeerMessage.Candidate>().Count(), Is.EqualTo(isSent ? 1 : 0));
        Assert.That(flow.Dropped, Is.EqualTo(isSent ? [] : new[] { SignalDropCode.Stale }));
    }

    [Test]
    public void Local_candidates_over_the_limit_are_dropped()
    {
        FlowBench flow = FlowBench.Alone(new FlowRules { PendingCandidateLimit = 1 }).PeerComes().Finds("one").Finds("two");

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.TooMany]));
        Assert.That(flow.Offers().Sent<PeerMessage.Candidate>(), Has.One.Items);
    }

    [Test]
    public void A_local_candidate_of_a_closed_connection_is_not_sent()
    {
        FlowBench flow = FlowBench.OfferSent();

        flow.Give(new CallInput.CandidateFound(flow.Connection + 1, new IceCandidate("late", "0", 0)));

        Assert.That(flow.Last, Is.Empty);
    }
}
