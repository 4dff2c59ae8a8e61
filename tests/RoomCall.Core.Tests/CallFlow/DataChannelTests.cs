using RoomCall.DataChannels;
using RoomCall.PeerConnections;

namespace RoomCall.Tests.Flow;

// S18, S22, S23, as far as the flow decides them.
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class DataChannelTests
{
    [Test]
    public void S18_the_initiator_makes_the_connection_with_the_data_channel_and_the_joiner_without()
    {
        FlowBench initiator = FlowBench.Alone();
        FlowBench joiner = FlowBench.JoinedToPeer();

        Assert.That(initiator.Done<CallEffect.CreatePeerConnection>().Single().WithDataChannel, Is.True);
        Assert.That(joiner.Done<CallEffect.CreatePeerConnection>().Single().WithDataChannel, Is.False);
    }

    [Test]
    public void S18_the_joiner_takes_the_channel_that_it_receives()
    {
        ChannelStub channel = new();
        FlowBench flow = FlowBench.JoinerConnecting();

        flow.Give(new CallInput.DataChannelReceived(flow.Connection, channel));

        Assert.That(flow.Done<CallEffect.AcceptDataChannel>().Single().Transport, Is.SameAs(channel));
    }

    [TestCase(CallPhase.Waiting)]
    [TestCase(CallPhase.Connected)]
    [TestCase(CallPhase.Ending)]
    [TestCase(CallPhase.Ended)]
    public void A_channel_of_a_closed_connection_is_refused(CallPhase phase)
    {
        ChannelStub channel = new();
        FlowBench flow = FlowBench.In(phase);

        flow.Give(new CallInput.DataChannelReceived(flow.State.LastConnection + 1, channel));

        Assert.That(flow.Last.Single(), Is.EqualTo(new CallEffect.RefuseDataChannel(channel)));
    }

    [Test]
    public void S23_the_user_is_told_once_that_the_channel_is_open()
    {
        FlowBench flow = FlowBench.InitiatorConnecting().Turns(PeerConnectionState.Connected);

        flow.Channel(DataChannelState.Open).Channel(DataChannelState.Open)
            .Channel(DataChannelState.Closing).Channel(DataChannelState.Closed);

        Assert.That(flow.All.OfType<CallEffect.AnnounceDataChannel>(), Has.One.Items);
        Assert.That(flow.State.DataChannelState, Is.EqualTo(DataChannelState.Closed));
    }

    [Test]
    public void A_channel_that_opens_before_the_connection_is_reported_needs_no_deadline()
    {
        FlowBench flow = FlowBench.InitiatorConnecting().Channel(DataChannelState.Open).Turns(PeerConnectionState.Connected);

        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connected));
        Assert.That(flow.Running(FlowTimerSlot.Phase), Is.Null);
    }

    [Test]
    public void D6_a_channel_that_says_again_that_it_connects_keeps_its_deadline()
    {
        FlowBench flow = FlowBench.InitiatorConnecting().Turns(PeerConnectionState.Connected).Channel(DataChannelState.Connecting);

        Assert.That(flow.Running(FlowTimerSlot.Phase), Is.EqualTo(FlowTimer.DataChannel));
    }

    [Test]
    public void Each_call_gets_a_channel_of_its_own()
    {
        FlowBench flow = FlowBench.InitiatorConnected().PeerLeaves();

        Assert.That(flow.Done<CallEffect.RenewDataChannel>(), Has.One.Items);
        Assert.That(flow.State.DataChannelState, Is.EqualTo(DataChannelState.Connecting));
    }

    [Test]
    public void What_a_closed_connection_says_of_its_channel_is_ignored()
    {
        FlowBench flow = FlowBench.InitiatorConnecting();

        flow.Give(new CallInput.DataChannelChanged(flow.Connection + 1, DataChannelState.Open));

        Assert.That(flow.Last, Is.Empty);
        Assert.That(flow.State.DataChannelState, Is.EqualTo(DataChannelState.Connecting));
    }
}
