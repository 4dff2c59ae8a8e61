using RoomCall.Signaling;

namespace RoomCall.Server.Tests;

public sealed class LeaveTests
{
    [Test]
    public void One_who_stays_is_told_that_the_joiner_left_and_remains_initiator()
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember first = new();
        TestMember second = new();
        broker.Seat(first);
        RoomSeat seat = broker.Seat(second);

        seat.Leave();

        Assert.That(first.Last, Is.EqualTo(new RoomEvent.Left("p2", PeerLeftReason.Left, "p1")));
        Assert.That(second.Events.Single(), Is.InstanceOf<RoomEvent.Joined>(), "the one who leaves is told nothing");
        Assert.That(second.Closed, Is.Empty);
    }

    [Test]
    public void One_who_stays_becomes_the_initiator_for_the_next_one() // D3
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember second = new();
        TestMember third = new();
        RoomSeat first = broker.Seat(new TestMember());
        broker.Seat(second);

        first.Leave();
        broker.Seat(third);

        Assert.That(second.Events.Skip(1), Is.EqualTo(new RoomEvent[]
        {
            new RoomEvent.Left("p1", PeerLeftReason.Left, "p2"),
            new RoomEvent.Join("p3", "p2"),
        }));
        Assert.That(((RoomEvent.Joined)third.Last).Initiator, Is.EqualTo("p2"));
    }

    [Test]
    public void A_peer_that_vanishes_is_noticed_and_its_place_is_free() // D4
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember first = new();
        broker.Seat(first);
        RoomSeat gone = broker.Seat(new TestMember());

        gone.Leave(PeerLeftReason.Vanished);

        Assert.That(first.Last, Is.EqualTo(new RoomEvent.Left("p2", PeerLeftReason.Vanished, "p1")));
        Assert.That(broker.CreateOrJoin("lobby", new TestMember()), Is.Not.Null);
    }

    [Test]
    public void Leaving_twice_is_leaving_once()
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember first = new();
        broker.Seat(first);
        RoomSeat seat = broker.Seat(new TestMember());

        seat.Leave();
        seat.Leave(PeerLeftReason.Vanished);

        Assert.That(first.Events.OfType<RoomEvent.Left>().Count(), Is.EqualTo(1));
        Assert.That(broker.MemberCount, Is.EqualTo(1));
    }

    [Test]
    public void An_empty_room_leaves_no_trace_and_its_next_one_creates_it_anew()
    {
        RoomBroker broker = new();
        TestMember next = new();
        RoomSeat[] seats = [broker.Seat(new TestMember()), broker.Seat(new TestMember())];

        foreach (RoomSeat seat in seats)
            seat.Leave();

        Assert.That((broker.RoomCount, broker.MemberCount, broker.Directory.IsEmpty), Is.EqualTo((0, 0, true)));
        broker.Seat(next);
        Assert.That(next.Last, Is.InstanceOf<RoomEvent.Created>());
    }

    [Test]
    public void An_old_seat_does_not_reach_the_room_that_was_created_anew()
    {
        RoomBroker broker = new();
        TestMember old = new();
        TestMember next = new();
        RoomSeat seat = broker.Seat(old);
        seat.Leave();
        broker.Seat(next);

        seat.Send("from the room before");
        seat.Leave();

        Assert.That(old.LastError, Is.EqualTo(RoomErrorCode.NotInRoom));
        Assert.That(next.Events.Single(), Is.InstanceOf<RoomEvent.Created>());
        Assert.That(broker.MemberCount, Is.EqualTo(1));
    }

    [Test]
    public void A_reason_that_is_none_is_refused()
    {
        RoomSeat seat = new RoomBroker().Seat(new TestMember());

        Assert.That(() => seat.Leave((PeerLeftReason)99), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
