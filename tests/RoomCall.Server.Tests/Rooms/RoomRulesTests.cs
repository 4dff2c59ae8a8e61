using RoomCall.PeerConnections;
using RoomCall.Server.Rooms;
using RoomCall.Signaling;

namespace RoomCall.Server.Tests.Rooms;

public sealed class RoomRulesTests
{
    private static readonly IceServer[] NoServers = [];
    private static readonly RoomState Empty = RoomState.Empty("lobby", 2);

    [Test]
    public void The_first_creates_the_room_and_is_its_initiator() // S1
    {
        RoomStep step = RoomRules.Enter(Empty, "a", NoServers);

        Assert.That(step.State, Is.EqualTo(Empty.With("a")));
        Assert.That(step.State.Initiator, Is.EqualTo("a"));
        Assert.That(step.Notices, Is.EqualTo(new[] { new RoomNotice("a", new RoomEvent.Created("lobby", "a", NoServers)) }));
    }

    [Test]
    public void The_next_joins_and_those_inside_are_told() // S3, S4
    {
        RoomState before = RoomState.Empty("lobby", 3).With("a").With("b");

        RoomStep step = RoomRules.Enter(before, "c", NoServers);

        Assert.That(step.State.Members, Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(step.Notices.Select(n => n.To), Is.EqualTo(new[] { "c", "a", "b" }));
        Assert.That(step.Notices[0].Event, Is.EqualTo(new RoomEvent.Joined("lobby", "c", before.Members, "a", NoServers)));
        Assert.That(step.Notices.Skip(1).Select(n => n.Event), Has.All.EqualTo(new RoomEvent.Join("c", "a")));
    }

    [Test]
    public void A_full_room_tells_only_the_one_who_asks_and_stays_as_it_is() // S2
    {
        RoomState full = Empty.With("a").With("b");

        RoomStep step = RoomRules.Enter(full, "c", NoServers);

        Assert.That(step.State, Is.SameAs(full));
        Assert.That(step.Notices, Is.EqualTo(new[] { new RoomNotice("c", new RoomEvent.Full("lobby")) }));
    }

    [Test]
    public void When_the_initiator_leaves_the_role_goes_to_the_longest_stay() // D3
    {
        RoomState before = RoomState.Empty("lobby", 3).With("a").With("b").With("c");

        RoomStep step = RoomRules.Leave(before, "a", PeerLeftReason.Vanished);

        var left = new RoomEvent.Left("a", PeerLeftReason.Vanished, "b");
        Assert.That(step.State.Initiator, Is.EqualTo("b"));
        Assert.That(step.Notices, Is.EqualTo(new[] { new RoomNotice("b", left), new RoomNotice("c", left) }));
    }

    [Test]
    public void When_another_leaves_the_initiator_remains()
    {
        RoomStep step = RoomRules.Leave(Empty.With("a").With("b"), "b", PeerLeftReason.Left);

        Assert.That(step.Notices, Is.EqualTo(new[] { new RoomNotice("a", new RoomEvent.Left("b", PeerLeftReason.Left, "a")) }));
    }

    [Test]
    public void When_the_last_leaves_the_room_is_as_if_it_had_never_been()
    {
        RoomStep step = RoomRules.Leave(Empty.With("a"), "a", PeerLeftReason.Left);

        Assert.That(step.State, Is.EqualTo(Empty));
        Assert.That(step.Notices, Is.Empty);
    }
}
