using System.Collections.Immutable;
using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

// What the server tells of the other peer: its name, and whether it is there.
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class PresenceTests
{
    [Test]
    public void The_name_of_a_peer_that_comes_is_told()
    {
        FlowBench flow = FlowBench.Alone().Hears(new RoomEvent.Join(FlowBench.You, FlowBench.Me) { Name = "Bob" });

        Assert.That(flow.State.ToCallState().RemoteName, Is.EqualTo("Bob"));
        Assert.That(flow.Raised<CallEvent.PeerJoined>().Single(), Is.EqualTo(new CallEvent.PeerJoined(FlowBench.You) { Name = "Bob" }));
    }

    [Test]
    public void The_name_of_a_peer_that_is_there_is_told()
    {
        ImmutableDictionary<string, string> names = ImmutableDictionary.CreateRange([KeyValuePair.Create(FlowBench.You, "Alice")]);
        FlowBench flow = FlowBench.Asking().Hears(new RoomEvent.Joined(FlowBench.Room, FlowBench.Me, [FlowBench.You], FlowBench.You, []) { Names = names });

        Assert.That(flow.State.ToCallState().RemoteName, Is.EqualTo("Alice"));
    }

    [Test]
    public void A_peer_without_a_name_has_none_and_the_next_does_not_have_the_name_of_the_last()
    {
        FlowBench flow = FlowBench.Alone().Hears(new RoomEvent.Join(FlowBench.You, FlowBench.Me) { Name = "Bob" }).PeerLeaves();
        Assert.That(flow.State.RemoteName, Is.Null);

        Assert.That(flow.PeerComes().State.RemoteName, Is.Null);
    }

    [Test]
    public void A_peer_that_is_away_and_comes_back_is_seen_to_be_and_the_call_goes_on()
    {
        FlowBench flow = FlowBench.InitiatorConnected();
        FlowState before = flow.State;

        Assert.That(flow.Hears(new RoomEvent.Away(FlowBench.You)).State.ToCallState().IsRemoteAway, Is.True);
        Assert.That(flow.Last, Is.Empty);

        Assert.That(flow.Hears(new RoomEvent.Back(FlowBench.You)).Last, Is.Empty);
        Assert.That(flow.State, Is.EqualTo(before));
    }

    [Test]
    public void That_another_is_away_is_nothing_to_this_call()
    {
        FlowBench flow = FlowBench.InitiatorConnected().Hears(new RoomEvent.Away("stranger"));

        Assert.That(flow.State.IsRemoteAway, Is.False);
        Assert.That(flow.Last, Is.Empty);
    }

    [Test]
    public void A_peer_that_leaves_while_it_is_away_is_away_no_more()
    {
        FlowBench flow = FlowBench.InitiatorConnected().Hears(new RoomEvent.Away(FlowBench.You)).PeerLeaves(reason: PeerLeftReason.Vanished);

        Assert.That((flow.Phase, flow.State.IsRemoteAway), Is.EqualTo((CallPhase.Waiting, false)));
    }
}
