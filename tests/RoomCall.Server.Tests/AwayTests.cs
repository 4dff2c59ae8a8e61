using RoomCall.Signaling;

namespace RoomCall.Server.Tests;

/// <summary>Members whose connection is gone and whose place is kept, and the names of members.</summary>
public sealed class AwayTests
{
    [Test]
    public void One_who_is_away_and_comes_back_is_told_to_the_others_once_each()
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember first = new();
        TestMember second = new();
        broker.Seat(first);
        RoomSeat seat = broker.Seat(second);

        seat.Away();
        seat.Away();
        seat.Back();
        seat.Back();

        Assert.That(first.Events.Skip(2), Is.EqualTo(new RoomEvent[] { new RoomEvent.Away("p2"), new RoomEvent.Back("p2") }));
        Assert.That(second.Events, Has.Exactly(1).Items, "it is not told of itself");
    }

    [Test]
    public void One_who_comes_learns_who_is_away()
    {
        RoomBroker broker = Broker.WithCountedIds();
        broker.Seat(new TestMember()).Away();

        TestMember second = new();
        broker.Seat(second);

        Assert.That(second.Events.Skip(1), Is.EqualTo(new RoomEvent[] { new RoomEvent.Away("p1") }));
    }

    [Test]
    public void One_who_has_left_is_not_away()
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember first = new();
        broker.Seat(first);
        RoomSeat seat = broker.Seat(new TestMember());
        seat.Leave();

        seat.Away();

        Assert.That(first.Last, Is.InstanceOf<RoomEvent.Left>());
    }

    [Test]
    public void Names_are_told_to_the_others()
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { Capacity = 3 });
        TestMember first = new();
        TestMember second = new();
        broker.CreateOrJoin("lobby", first, new RoomEntryOptions { Name = "Alice" });
        broker.Seat(new TestMember());
        broker.CreateOrJoin("lobby", second, new RoomEntryOptions { Name = "Bob" });

        Assert.That(((RoomEvent.Joined)second.Last).Names, Is.EqualTo(new Dictionary<string, string> { ["p1"] = "Alice" }));
        Assert.That(first.Last, Is.EqualTo(new RoomEvent.Join("p3", "p1") { Name = "Bob" }));
    }

    [Test]
    public void An_id_that_is_given_and_taken_is_refused()
    {
        RoomBroker broker = Broker.WithCountedIds();
        broker.CreateOrJoin("lobby", new TestMember(), new RoomEntryOptions { PeerId = "mine" });
        TestMember second = new();

        Assert.That(broker.CreateOrJoin("lobby", second, new RoomEntryOptions { PeerId = "mine" }), Is.Null);

        Assert.That(second.LastError, Is.EqualTo(RoomErrorCode.AlreadyJoined));
        Assert.That(broker.MemberCount, Is.EqualTo(1));
    }
}
