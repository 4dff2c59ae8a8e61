using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

// The gate and what opens it (S9 to S12, S17, D1).
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class GateTests
{
    private static readonly FlowRules WithMedia = new() { WantsMedia = true };

    [Test]
    public void S9_the_four_facts_are_seen_by_the_user()
    {
        CallState alone = FlowBench.Alone(WithMedia).State.ToCallState();
        CallState started = FlowBench.Alone(WithMedia).PeerComes().MediaReady().State.ToCallState();

        Assert.That((alone.IsInitiator, alone.IsChannelReady, alone.IsStarted, alone.LocalMedia),
            Is.EqualTo((true, false, false, LocalMediaState.Requested)));
        Assert.That((started.IsInitiator, started.IsChannelReady, started.IsStarted, started.LocalMedia),
            Is.EqualTo((true, true, true, LocalMediaState.Ready)));
    }

    [Test]
    public void S10_the_gate_opens_by_media_when_the_channel_is_ready()
    {
        FlowBench flow = FlowBench.Alone(WithMedia).PeerComes();
        Assert.That(flow.Done<CallEffect.CreatePeerConnection>(), Is.Empty);

        flow.MediaReady();
        Assert.That(flow.Done<CallEffect.CreatePeerConnection>(), Has.One.Items);
        Assert.That(flow.Done<CallEffect.CreateOffer>(), Has.One.Items);
        Assert.That(flow.Raised<CallEvent.CallStarted>().Single().IsInitiator, Is.True);
    }

    [Test]
    public void S10_the_gate_opens_by_the_peer_when_media_is_there()
    {
        FlowBench flow = FlowBench.Alone(WithMedia with { ParkOffer = false }).MediaReady();
        Assert.That(flow.Done<CallEffect.CreatePeerConnection>(), Is.Empty);

        flow.PeerComes();
        Assert.That(flow.Done<CallEffect.CreatePeerConnection>(), Has.One.Items);
        Assert.That(flow.Done<CallEffect.CreateOffer>(), Has.One.Items);
    }

    [Test]
    public void S10_the_joiner_opens_its_gate_and_makes_no_offer()
    {
        FlowBench flow = FlowBench.JoinedToPeer(WithMedia).MediaReady();

        Assert.That(flow.Done<CallEffect.CreatePeerConnection>(), Has.One.Items);
        Assert.That(flow.All.OfType<CallEffect.CreateOffer>(), Is.Empty);
        Assert.That(flow.Raised<CallEvent.CallStarted>().Single().IsInitiator, Is.False);
    }

    [Test]
    public void S10_an_open_gate_opens_no_second_connection()
    {
        FlowBench flow = FlowBench.OfferSent(WithMedia).Say(new PeerMessage.GotUserMedia()).MediaReady();

        Assert.That(flow.All.OfType<CallEffect.CreatePeerConnection>(), Has.One.Items);
        Assert.That(flow.All.OfType<CallEffect.CreateOffer>(), Has.One.Items);
    }

    [Test]
    public void A_call_that_wants_no_media_needs_none_for_its_gate()
    {
        FlowBench flow = FlowBench.Alone().PeerComes();

        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Negotiating));
        Assert.That(flow.All.OfType<CallEffect.OpenMedia>(), Is.Empty);
    }

    [Test]
    public void S11_the_peer_is_told_when_local_media_is_there()
    {
        FlowBench flow = FlowBench.JoinedToPeer(WithMedia).MediaReady();

        Assert.That(flow.Sent<PeerMessage.GotUserMedia>(), Has.One.Items);
        Assert.That(flow.Done<CallEffect.Send>().First().To, Is.EqualTo(FlowBench.You));
    }

    [Test]
    public void S11_alone_in_the_room_nobody_is_told_of_media()
    {
        FlowBench flow = FlowBench.Alone(WithMedia).MediaReady();

        Assert.That(flow.Done<CallEffect.Send>(), Is.Empty);
    }

    [Test]
    public void S11_the_deadline_of_the_negotiation_starts_once_when_the_peer_has_its_media()
    {
        FlowBench flow = FlowBench.OfferSent();
        Assert.That(flow.Running(FlowTimerSlot.Phase), Is.EqualTo(FlowTimer.RemoteMedia));

        flow.Say(new PeerMessage.GotUserMedia());
        Assert.That(flow.Running(FlowTimerSlot.Phase), Is.EqualTo(FlowTimer.Negotiation));
        int number = flow.Number(FlowTimerSlot.Phase);

        flow.Say(new PeerMessage.GotUserMedia());
        Assert.That(flow.Number(FlowTimerSlot.Phase), Is.EqualTo(number), "said again, it postpones nothing");
    }

    [Test]
    public void S11_a_peer_that_has_its_media_first_makes_the_deadline_short_from_the_start()
    {
        FlowBench flow = FlowBench.JoinedToPeer(WithMedia).Say(new PeerMessage.GotUserMedia()).MediaReady();

        Assert.That(flow.Running(FlowTimerSlot.Phase), Is.EqualTo(FlowTimer.Negotiation));
    }

    [Test]
    public void D1_an_offer_that_comes_before_local_media_waits_for_it()
    {
        FlowBench flow = FlowBench.JoinedToPeer(WithMedia).Say(new PeerMessage.Offer("early", 1));
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Preparing));
        Assert.That(flow.Done<CallEffect.SetRemoteDescription>(), Is.Empty);

        flow.MediaReady();
        Assert.That(flow.Done<CallEffect.SetRemoteDescription>().Single().Description.Sdp, Is.EqualTo("early"));

        flow.Answers();
        Assert.That(flow.Sent<PeerMessage.Answer>().Single().Generation, Is.EqualTo(1));
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connecting));
    }

    [Test]
    public void S17_a_connection_that_cannot_be_made_ends_the_call_on_both_sides()
    {
        FlowBench flow = FlowBench.Alone().PeerComes().Fails(EngineOperation.CreatePeerConnection);

        Assert.That(flow.State.EndReason!.Code, Is.EqualTo(CallEndCode.PeerConnectionFailed));
        Assert.That(flow.Sent<PeerMessage.Bye>().Single().Reason, Is.EqualTo("peer-connection-failed"));
    }

    [Test]
    public void Media_that_comes_again_or_was_not_asked_for_is_ignored(
        [Values(CallPhase.Joining, CallPhase.Waiting, CallPhase.Connected)] CallPhase phase)
    {
        FlowBench flow = FlowBench.In(phase).MediaReady();
        Assert.That(flow.Last, Is.Empty);

        flow.MediaFailed();
        Assert.That(flow.Last, Is.Empty);
    }
}
