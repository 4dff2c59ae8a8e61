using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

// Offer and answer (S12, S13, S20).
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class NegotiationTests
{
    [Test]
    public void S20_the_offer_is_set_as_the_local_description_and_then_sent()
    {
        FlowBench flow = FlowBench.Alone().PeerComes().OfferCreated();
        Assert.That(flow.Done<CallEffect.SetLocalDescription>(), Has.One.Items);
        Assert.That(flow.Sent<PeerMessage.Offer>(), Is.Empty);

        flow.LocalApplied();
        Assert.That(flow.Sent<PeerMessage.Offer>().Single(), Is.EqualTo(new PeerMessage.Offer("my offer", 1)));
        Assert.That(flow.State.SignalingState, Is.EqualTo(SignalingState.HaveLocalOffer));
    }

    [Test]
    public void S12_the_joiner_applies_the_offer_and_answers()
    {
        FlowBench flow = FlowBench.OfferTaken();
        SessionDescription applied = flow.Done<CallEffect.SetRemoteDescription>().Single().Description;
        Assert.That(applied, Is.EqualTo(new SessionDescription(SdpType.Offer, "your offer")));

        flow.RemoteApplied();
        Assert.That(flow.State.SignalingState, Is.EqualTo(SignalingState.HaveRemoteOffer));
        flow.AnswerCreated();
        Assert.That(flow.Sent<PeerMessage.Answer>(), Is.Empty);

        flow.LocalApplied();
        Assert.That(flow.Sent<PeerMessage.Answer>().Single(), Is.EqualTo(new PeerMessage.Answer("my answer", 1, CanRestartIce: true)));
        Assert.That((flow.Phase, flow.State.SignalingState), Is.EqualTo((CallPhase.Connecting, SignalingState.Stable)));
    }

    [Test]
    public void S13_the_initiator_applies_the_answer()
    {
        FlowBench flow = FlowBench.OfferSent().Say(new PeerMessage.Answer("your answer", 1));
        SessionDescription applied = flow.Done<CallEffect.SetRemoteDescription>().Single().Description;
        Assert.That(applied, Is.EqualTo(new SessionDescription(SdpType.Answer, "your answer")));

        flow.RemoteApplied();
        Assert.That((flow.Phase, flow.State.SignalingState), Is.EqualTo((CallPhase.Connecting, SignalingState.Stable)));
    }

    [Test]
    public void A_connection_that_is_up_before_the_answer_is_applied_is_connected_at_once()
    {
        FlowBench flow = FlowBench.OfferSent().Say(new PeerMessage.Answer("your answer", 1)).Turns(PeerConnectionState.Connected);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Negotiating));

        flow.RemoteApplied();
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connected));
    }

    [TestCase(EngineOperation.CreateOffer)]
    [TestCase(EngineOperation.SetLocalDescription)]
    [TestCase(EngineOperation.SetRemoteDescription)]
    [TestCase(EngineOperation.CreateAnswer)]
    public void S20_a_failure_is_reported_by_name_to_both_sides(EngineOperation operation)
    {
        FlowBench flow = FlowBench.OfferSent().Fails(operation);

        Assert.That(flow.State.EndReason!.Code, Is.EqualTo(CallEndCode.NegotiationFailed));
        Assert.That(flow.State.EndReason.Detail, Does.StartWith(operation.ToString()));
        Assert.That(flow.Sent<PeerMessage.Bye>().Single().Reason, Is.EqualTo("negotiation-failed"));
    }

    [Test]
    public void A_failure_of_a_closed_connection_is_ignored()
    {
        FlowBench flow = FlowBench.OfferSent();

        flow.Give(new CallInput.OperationFailed(flow.Connection + 1, EngineOperation.CreateOffer, "closed"));

        Assert.That(flow.Last, Is.Empty);
    }

    [Test]
    public void S21_what_the_engine_tells_of_streams_is_passed_on_unless_its_connection_is_closed()
    {
        CallEvent added = new CallEvent.RemoteStreamAdded(new StreamStub());
        FlowBench flow = FlowBench.InitiatorConnected();

        Assert.That(flow.Give(new CallInput.Notice(flow.Connection, added)).Raised<CallEvent.RemoteStreamAdded>(), Has.One.Items);
        Assert.That(flow.Give(new CallInput.Notice(flow.Connection + 1, added)).Last, Is.Empty);
    }
}
