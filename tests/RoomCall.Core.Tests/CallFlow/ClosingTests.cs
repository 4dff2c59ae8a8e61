using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

// The closing of one data channel, told where an engine cannot show it.
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class ClosingTests
{
    private static readonly FlowRules Poorer = new() { CloseByMessage = true };

    [Test]
    public void An_offer_says_that_its_engine_cannot_close_a_channel_and_is_silent_where_it_can()
    {
        Assert.That(FlowBench.Alone(Poorer).Offers().Parked<PeerMessage.Offer>().Single().CloseByMessage, Is.True);
        Assert.That(FlowBench.Alone().Offers().Parked<PeerMessage.Offer>().Single().CloseByMessage, Is.False);
    }

    [Test]
    public void An_answer_says_that_its_engine_cannot_close_a_channel_and_is_silent_where_it_can()
    {
        Assert.That(FlowBench.JoinerConnecting(Poorer).Sent<PeerMessage.Answer>().Single().CloseByMessage, Is.True);
        Assert.That(FlowBench.JoinerConnecting().Sent<PeerMessage.Answer>().Single().CloseByMessage, Is.False);
    }

    [Test]
    public void Between_two_engines_that_can_close_a_channel_nothing_is_told()
    {
        FlowBench flow = Closes(FlowBench.InitiatorConnected(), isAnswer: false);

        Assert.That(flow.Last, Is.Empty);
    }

    [Test]
    public void An_engine_that_cannot_close_a_channel_has_it_told() =>
        AssertTold(Closes(FlowBench.JoinerConnected(Poorer), isAnswer: false), generation: 1);

    [Test]
    public void One_whose_offer_said_that_its_engine_cannot_close_a_channel_is_told() =>
        AssertTold(Closes(JoinerOf(new PeerMessage.Offer("your offer", 3, CloseByMessage: true)), isAnswer: false), generation: 3);

    [Test]
    public void One_whose_answer_said_that_its_engine_cannot_close_a_channel_is_told() =>
        AssertTold(Closes(InitiatorOf(new PeerMessage.Answer("your answer", 1, CloseByMessage: true)), isAnswer: false), generation: 1);

    [TestCase(false, false, ExpectedResult = false)]
    [TestCase(false, true, ExpectedResult = false, Description = "The other engine has closed it already.")]
    [TestCase(true, false, ExpectedResult = true, Description = "The other engine waits.")]
    [TestCase(true, true, ExpectedResult = false, Description = "Neither waits.")]
    public bool It_is_answered_where_the_others_engine_waits_for_it(bool isPoorer, bool isOtherPoorer)
    {
        FlowBench flow = InitiatorOf(new PeerMessage.Answer("your answer", 1, CloseByMessage: isOtherPoorer), isPoorer ? Poorer : null);

        return Closes(flow, isAnswer: true).Sent<PeerMessage.CloseChannel>().Any();
    }

    [Test]
    public void A_restart_of_ICE_leaves_the_channels_and_the_generation_that_they_are_told_under()
    {
        FlowBench initiator = InitiatorOf(new PeerMessage.Answer("your answer", 1, CanRestartIce: true), Poorer)
            .Turns(PeerConnectionState.Failed).Offers();
        FlowBench joiner = FlowBench.JoinerConnected(Poorer).Say(new PeerMessage.Offer("again", 2, IceRestart: true)).Answers();
        Assert.That((initiator.State.Generation, joiner.State.Generation), Is.EqualTo((2, 2)));

        AssertTold(Closes(initiator, isAnswer: false), generation: 1);
        AssertTold(Closes(joiner, isAnswer: false), generation: 1);
        Assert.That(initiator.Say(new PeerMessage.CloseChannel(2, 7, 1)).Done<CallEffect.CloseDataChannel>(), Has.One.Items);
        Assert.That(joiner.Say(new PeerMessage.CloseChannel(2, 7, 1)).Done<CallEffect.CloseDataChannel>(), Has.One.Items);
    }

    [TestCase(1)]
    [TestCase(null)]
    public void A_channel_that_the_other_side_has_closed_is_closed_after_as_many_messages(int? generation)
    {
        FlowBench flow = FlowBench.InitiatorConnected().Say(new PeerMessage.CloseChannel(2, 7, generation));

        Assert.That(flow.Done<CallEffect>().Last(), Is.EqualTo(new CallEffect.CloseDataChannel(flow.Connection, 2, 7)));
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connected));
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(int.MaxValue)]
    public void D7_the_closing_of_a_channel_of_another_connection_is_dropped(int generation)
    {
        FlowBench flow = FlowBench.InitiatorConnected(canRestartIce: false).Turns(PeerConnectionState.Failed).Offers()
            .Say(new PeerMessage.Answer("your answer", 2)).RemoteApplied().Turns(PeerConnectionState.Connected);
        Assert.That((flow.Connection, flow.State.Generation), Is.EqualTo((2, 2)));

        flow.Say(new PeerMessage.CloseChannel(2, 7, generation));

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Stale]));
        Assert.That(flow.Done<CallEffect.CloseDataChannel>(), Is.Empty);
    }

    [TestCase(CallPhase.Joining)]
    [TestCase(CallPhase.Waiting)]
    [TestCase(CallPhase.Preparing)]
    [TestCase(CallPhase.Ending)]
    [TestCase(CallPhase.Ended)]
    public void Where_there_is_no_call_nothing_is_closed_and_nothing_told(CallPhase phase)
    {
        FlowBench flow = FlowBench.In(phase).Say(new PeerMessage.CloseChannel(2, 7, 1));
        Assert.That(flow.Done<CallEffect.CloseDataChannel>(), Is.Empty);

        Closes(flow, isAnswer: false);
        Assert.That(flow.Last, Is.Empty);
    }

    [Test]
    public void D7_a_joiner_without_an_offer_has_no_channel_to_close()
    {
        FlowBench flow = FlowBench.JoinedToPeer().Say(new PeerMessage.CloseChannel(2, 7));

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Stale]));
    }

    [Test]
    public void A_channel_of_a_closed_connection_that_is_closed_is_not_told()
    {
        FlowBench flow = FlowBench.JoinerConnected(Poorer);

        flow.Give(new CallInput.ChannelClosed(flow.Connection + 1, 2, 7, IsAnswer: false));

        Assert.That(flow.Last, Is.Empty);
    }

    [Test]
    public void A_hang_up_tells_of_no_channel_where_its_own_engine_closes_them_alone()
    {
        FlowBench flow = FlowBench.JoinerConnected(Poorer).HangUp();

        Closes(flow, isAnswer: false);
        Assert.That(flow.Last, Is.Empty);

        flow.Say(new PeerMessage.CloseChannel(2, 7, 1));
        Assert.That(flow.Last, Is.Empty);
    }

    [Test]
    public void A_hang_up_that_waits_for_the_other_sides_end_tells_it_and_is_told()
    {
        FlowBench flow = InitiatorOf(new PeerMessage.Answer("your answer", 1, CloseByMessage: true)).HangUp();

        AssertTold(Closes(flow, isAnswer: false), generation: 1);

        flow.Say(new PeerMessage.CloseChannel(2, 0, 1));
        Assert.That(flow.Last, Is.EqualTo(new[] { new CallEffect.CloseDataChannel(flow.Connection, 2, 0) }));
        Assert.That(flow.Say(new PeerMessage.CloseChannel(4, 0, 1), FlowBench.Next).Last, Is.Empty, "of somebody else");
    }

    [Test]
    public void A_hang_up_that_has_delivered_closes_no_channel_any_more()
    {
        FlowBench flow = InitiatorOf(new PeerMessage.Answer("your answer", 1, CloseByMessage: true)).HangUp();
        flow.Give(new CallInput.PeerConnectionClosed(flow.Connection));

        Assert.That(Closes(flow, isAnswer: false).Last, Is.Empty);
        Assert.That(flow.Say(new PeerMessage.CloseChannel(2, 0, 1)).Last, Is.Empty);
    }

    [Test]
    public void D7_what_one_peers_engine_lacks_is_not_held_against_the_next()
    {
        FlowBench flow = InitiatorOf(new PeerMessage.Answer("your answer", 1, CloseByMessage: true)).PeerLeaves().Offers()
            .PeerComes(FlowBench.Next).Say(new PeerMessage.Answer("another", 2), FlowBench.Next).RemoteApplied();

        Assert.That(Closes(flow, isAnswer: false).Last, Is.Empty);
    }

    private static FlowBench InitiatorOf(PeerMessage.Answer answer, FlowRules? rules = null) =>
        FlowBench.OfferSent(rules).Say(answer).RemoteApplied().Turns(PeerConnectionState.Connected);

    private static FlowBench JoinerOf(PeerMessage.Offer offer) =>
        FlowBench.JoinedToPeer().Say(offer).Answers().Turns(PeerConnectionState.Connected);

    private static FlowBench Closes(FlowBench flow, bool isAnswer) =>
        flow.Give(new CallInput.ChannelClosed(flow.Connection, 2, 7, isAnswer));

    private static void AssertTold(FlowBench flow, int generation) =>
        Assert.That(flow.Sent<PeerMessage>().Single(), Is.EqualTo(new PeerMessage.CloseChannel(2, 7, generation)));
}
