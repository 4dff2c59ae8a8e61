using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Server.Tests;

public sealed class CreateOrJoinTests
{
    private static readonly IceServer[] Stun = [new IceServer(["stun:stun.example.org"])];

    [Test]
    public void The_first_in_a_room_is_told_created() // S1, S7
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { IceServers = Stun });
        TestMember first = new();

        RoomSeat seat = broker.Seat(first);

        var created = (RoomEvent.Created)first.Events.Single();
        Assert.That(created, Is.EqualTo(new RoomEvent.Created("lobby", "p1", created.IceServers)));
        Assert.That(created.IceServers, Is.EqualTo(Stun));
        Assert.That((seat.PeerId, seat.Room), Is.EqualTo(("p1", "lobby")));
        Assert.That((broker.RoomCount, broker.MemberCount), Is.EqualTo((1, 1)));
    }

    [Test]
    public void The_second_is_told_joined_and_the_first_is_told_join() // S3, S4
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { IceServers = Stun });
        TestMember first = new();
        TestMember second = new();

        broker.Seat(first);
        broker.Seat(second);

        var joined = (RoomEvent.Joined)second.Events.Single();
        Assert.That(joined, Is.EqualTo(new RoomEvent.Joined("lobby", "p2", joined.Peers, "p1", joined.IceServers)));
        Assert.That(joined.Peers, Is.EqualTo(new[] { "p1" }));
        Assert.That(joined.IceServers, Is.EqualTo(Stun));
        Assert.That(first.Last, Is.EqualTo(new RoomEvent.Join("p2", "p1")));
    }

    [Test]
    public void One_who_joins_a_larger_room_is_told_its_peers_longest_stay_first()
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { Capacity = 4 });
        RoomSeat[] seats = [.. Enumerable.Range(0, 3).Select(_ => broker.Seat(new TestMember()))];
        seats[1].Leave();
        TestMember last = new();

        broker.Seat(last);

        Assert.That(((RoomEvent.Joined)last.Last).Peers, Is.EqualTo(new[] { "p1", "p3" }));
    }

    [Test]
    public void A_full_room_refuses_the_third_peer_and_does_not_change() // S2
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember first = new();
        TestMember second = new();
        TestMember third = new();
        broker.Seat(first);
        broker.Seat(second);

        RoomSeat? seat = broker.CreateOrJoin("lobby", third);

        Assert.That(seat, Is.Null);
        Assert.That(third.Events, Is.EqualTo(new[] { new RoomEvent.Full("lobby") }));
        Assert.That(third.Closed, Is.Empty);
        Assert.That((first.Events.Count, second.Events.Count), Is.EqualTo((2, 1)), "those inside are told nothing");
        Assert.That((broker.RoomCount, broker.MemberCount), Is.EqualTo((1, 2)));
    }

    [Test]
    public void One_who_was_refused_gets_in_when_a_place_is_free()
    {
        RoomBroker broker = Broker.WithCountedIds();
        RoomSeat first = broker.Seat(new TestMember());
        broker.Seat(new TestMember());
        TestMember third = new();
        broker.CreateOrJoin("lobby", third);

        first.Leave();
        broker.Seat(third);

        Assert.That(((RoomEvent.Joined)third.Last).Initiator, Is.EqualTo("p2"));
    }

    [Test]
    public void Rooms_with_other_names_are_other_rooms()
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember[] members = [new(), new(), new()];

        broker.Seat(members[0], "lobby");
        broker.Seat(members[1], "Lobby");
        broker.Seat(members[2], "lobby ");

        Assert.That(members.Select(m => m.Last), Has.All.InstanceOf<RoomEvent.Created>());
        Assert.That(broker.RoomCount, Is.EqualTo(3));
    }

    [Test]
    public void A_member_cannot_be_in_two_rooms()
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember member = new();
        RoomSeat seat = broker.Seat(member);

        RoomSeat? second = broker.CreateOrJoin("elsewhere", member);

        Assert.That(second, Is.Null);
        Assert.That(member.LastError, Is.EqualTo(RoomErrorCode.AlreadyJoined));
        Assert.That((broker.RoomCount, broker.MemberCount), Is.EqualTo((1, 1)), "its first stay goes on");
        seat.Leave();
        Assert.That(broker.Directory.IsEmpty, Is.True, "the second room left no trace");
    }

    [Test]
    public void A_member_cannot_take_both_places_of_a_room()
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember member = new();
        broker.Seat(member);

        Assert.That(broker.CreateOrJoin("lobby", member), Is.Null);
        Assert.That(member.LastError, Is.EqualTo(RoomErrorCode.AlreadyJoined));
    }

    [Test]
    public void A_member_may_come_again_and_gets_a_new_id()
    {
        RoomBroker broker = new();
        TestMember member = new();
        RoomSeat first = broker.Seat(member);
        first.Leave();

        RoomSeat second = broker.Seat(member);

        Assert.That(second.PeerId, Is.Not.EqualTo(first.PeerId));
        first.Leave();
        Assert.That(broker.MemberCount, Is.EqualTo(1), "the old seat does not end the new stay");
    }

    [Test]
    public void Ids_are_22_characters_of_base64url_and_differ()
    {
        RoomBroker broker = new();

        string[] ids = [.. Enumerable.Range(0, 1000).Select(i => broker.Seat(new TestMember(), $"room {i}").PeerId)];

        Assert.That(ids, Is.Unique);
        Assert.That(ids, Has.All.Match("^[A-Za-z0-9_-]{22}$"));
    }

    [Test]
    public void A_factory_that_repeats_an_id_is_reported_and_harms_no_one()
    {
        RoomBroker broker = new(new RoomBrokerOptions { PeerIdFactory = () => "same" });
        TestMember first = new();
        TestMember second = new();
        RoomSeat seat = broker.Seat(first);

        Assert.That(
            () => broker.CreateOrJoin("lobby", second),
            Throws.InvalidOperationException.With.Message.Contains(nameof(RoomBrokerOptions.PeerIdFactory)));

        Assert.That((first.Events.Count, second.All.Count, broker.MemberCount), Is.EqualTo((1, 0, 1)));
        seat.Leave();
        Assert.That(broker.Directory.IsEmpty, Is.True);
    }

    [TestCase(null)]
    [TestCase("")]
    public void A_factory_that_returns_no_id_is_reported(string? id)
    {
        RoomBroker broker = new(new RoomBrokerOptions { PeerIdFactory = () => id! });

        Assert.That(
            () => broker.CreateOrJoin("lobby", new TestMember()),
            Throws.InvalidOperationException.With.Message.Contains(nameof(RoomBrokerOptions.PeerIdFactory)));
        Assert.That(broker.Directory.IsEmpty, Is.True);
    }

    [Test]
    public void Missing_arguments_are_refused()
    {
        RoomBroker broker = new();

        Assert.That(() => broker.CreateOrJoin(null!, new TestMember()), Throws.ArgumentNullException);
        Assert.That(() => broker.CreateOrJoin("lobby", null!), Throws.ArgumentNullException);
    }

    [Test]
    public void What_was_posted_is_flushed_before_the_call_returns()
    {
        RoomBroker broker = new();
        TestMember first = new();

        broker.Seat(first);
        int before = first.Flushes;
        broker.Seat(new TestMember());

        Assert.That((before, first.Flushes), Is.EqualTo((1, 2)));
    }
}
