using RoomCall.Signaling;

namespace RoomCall.Server.Tests;

public sealed class FailingMemberTests
{
    [Test]
    public void A_member_whose_queue_is_full_is_let_go_and_the_others_are_told()
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { Capacity = 3, SendLog = false });
        TestMember first = new();
        TestMember slow = new(queueLength: 3);
        TestMember third = new();
        RoomSeat seat = broker.Seat(first);
        RoomSeat slowSeat = broker.Seat(slow);
        broker.Seat(third);

        seat.Send("fits");
        seat.Send("does not");

        RoomEvent left = new RoomEvent.Left("p2", PeerLeftReason.TooSlow, "p1");
        Assert.That((first.Last, third.Last), Is.EqualTo((left, left)));
        Assert.That(third.Messages, Is.EqualTo(new[] { "fits", "does not" }), "the others get what it could not take");
        Assert.That(slow.Messages, Is.EqualTo(new[] { "fits" }));
        Assert.That(slow.Closed, Is.EqualTo(new[] { PeerLeftReason.TooSlow }));
        Assert.That(broker.MemberCount, Is.EqualTo(2));
        slowSeat.Leave();
        Assert.That(slow.Closed.Count + first.Events.OfType<RoomEvent.Left>().Count(), Is.EqualTo(2), "nothing happens twice");
    }

    [Test]
    public void A_member_that_throws_when_posted_to_leaves_as_vanished_and_harms_no_other()
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { Capacity = 3 });
        TestMember bad = new();
        TestMember first = new();
        TestMember third = new();
        RoomSeat seat = broker.Seat(first);
        broker.Seat(bad);
        broker.Seat(third);
        bad.OnPost = _ => throw new InvalidOperationException("broken transport");

        seat.Send("hello");

        Assert.That(third.Messages, Is.EqualTo(new[] { "hello" }));
        Assert.That(third.Last, Is.EqualTo(new RoomEvent.Left("p2", PeerLeftReason.Vanished, "p1")));
        Assert.That(first.Last, Is.EqualTo(third.Last));
        Assert.That(bad.Closed, Is.EqualTo(new[] { PeerLeftReason.Vanished }));
    }

    [Test]
    public void A_member_that_throws_when_flushed_leaves_as_vanished_and_harms_no_other()
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { Capacity = 3 });
        TestMember bad = new();
        TestMember third = new();
        RoomSeat seat = broker.Seat(new TestMember());
        broker.Seat(bad);
        broker.Seat(third);
        int flushes = third.Flushes;
        bad.OnFlush = () => throw new InvalidOperationException("broken transport");

        seat.Send("hello");

        Assert.That(third.Last, Is.EqualTo(new RoomEvent.Left("p2", PeerLeftReason.Vanished, "p1")));
        Assert.That(third.Flushes, Is.EqualTo(flushes + 2), "for the message and for what came of it");
        Assert.That(bad.Closed, Is.EqualTo(new[] { PeerLeftReason.Vanished }));
    }

    [Test]
    public void A_member_that_throws_everywhere_is_gone_without_harm()
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember first = new();
        TestMember bad = new()
        {
            OnPost = _ => throw new InvalidOperationException("post"),
            OnFlush = () => throw new InvalidOperationException("flush"),
            OnClose = () => throw new InvalidOperationException("close"),
        };
        broker.Seat(first);

        RoomSeat? seat = broker.CreateOrJoin("lobby", bad);

        Assert.That(seat, Is.Null);
        Assert.That(first.Events.Skip(1), Is.EqualTo(new RoomEvent[]
        {
            new RoomEvent.Join("p2", "p1"),
            new RoomEvent.Left("p2", PeerLeftReason.Vanished, "p1"),
        }));
        Assert.That(broker.MemberCount, Is.EqualTo(1));
    }

    [Test]
    public void A_first_member_that_cannot_be_told_leaves_no_room_behind()
    {
        RoomBroker broker = new();
        TestMember full = new(queueLength: 1); // takes the log lines only

        Assert.That(broker.CreateOrJoin("lobby", full), Is.Null);
        Assert.That(broker.Directory.IsEmpty, Is.True);
        Assert.That(full.Closed, Is.EqualTo(new[] { PeerLeftReason.TooSlow }));
    }

    [Test]
    public void One_who_cannot_be_told_that_the_room_is_full_is_closed_and_nobody_hears_of_it()
    {
        RoomBroker broker = new();
        TestMember first = new();
        broker.Seat(first);
        broker.Seat(new TestMember());
        TestMember third = new(queueLength: 0);

        Assert.That(broker.CreateOrJoin("lobby", third), Is.Null);
        Assert.That(third.Closed, Is.EqualTo(new[] { PeerLeftReason.TooSlow }));
        Assert.That(first.Events, Has.Count.EqualTo(2).And.None.InstanceOf<RoomEvent.Left>());
    }

    [TestCase(false)]
    [TestCase(true)]
    public void One_who_cannot_be_told_that_its_request_is_refused_is_closed(bool throws)
    {
        RoomBroker broker = new();
        TestMember member = new(queueLength: 0);
        if (throws)
            member.OnPost = _ => throw new InvalidOperationException("post");

        Assert.That(broker.CreateOrJoin("\0", member), Is.Null);
        Assert.That(member.Closed, Is.EqualTo(new[] { throws ? PeerLeftReason.Vanished : PeerLeftReason.TooSlow }));
        Assert.That(broker.Directory.IsEmpty, Is.True);
    }

    [Test]
    public void One_who_asks_twice_and_cannot_be_told_so_loses_its_first_stay()
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { SendLog = false });
        TestMember first = new();
        TestMember second = new(queueLength: 1);
        broker.Seat(first);
        broker.Seat(second);

        broker.CreateOrJoin("elsewhere", second);

        Assert.That(first.Last, Is.EqualTo(new RoomEvent.Left("p2", PeerLeftReason.TooSlow, "p1")));
        Assert.That(second.Closed, Is.EqualTo(new[] { PeerLeftReason.TooSlow }));
    }

    [Test]
    public void A_sender_too_slow_for_its_own_errors_is_let_go()
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { SendLog = false });
        TestMember first = new();
        TestMember flooding = new(queueLength: 3);
        broker.Seat(first);
        RoomSeat seat = broker.Seat(flooding);

        for (int i = 0; i < 10; i++)
            seat.Send("hello", to: "nobody");

        Assert.That(first.Last, Is.EqualTo(new RoomEvent.Left("p2", PeerLeftReason.TooSlow, "p1")));
        Assert.That(flooding.All.Count, Is.EqualTo(3));
        Assert.That(flooding.Closed, Is.EqualTo(new[] { PeerLeftReason.TooSlow }));
    }

    [Test]
    public void Members_that_fail_because_others_failed_go_one_after_the_other()
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { Capacity = 4, SendLog = false });
        TestMember initiator = new(queueLength: 4); // created and three joins, then full
        TestMember second = new(queueLength: 4);    // joined, two joins and the message, then full
        TestMember third = new();
        RoomSeat[] seats = [broker.Seat(initiator), broker.Seat(second), broker.Seat(third), broker.Seat(new TestMember())];

        seats[3].Send("hello");

        Assert.That(third.Messages, Is.EqualTo(new[] { "hello" }));
        Assert.That(third.Events.TakeLast(2), Is.EqualTo(new RoomEvent[]
        {
            new RoomEvent.Left("p1", PeerLeftReason.TooSlow, "p2"),
            new RoomEvent.Left("p2", PeerLeftReason.TooSlow, "p3"),
        }));
        Assert.That(second.Closed, Is.EqualTo(new[] { PeerLeftReason.TooSlow }));
    }

    [Test]
    public void Thousands_that_throw_at_once_do_not_exhaust_the_stack()
    {
        const int Count = 2000;
        RoomBroker broker = new(new RoomBrokerOptions { Capacity = Count, SendLog = false });
        bool broken = false;
        RoomSeat first = broker.Seat(new BrokenOnFlush(() => broken));
        for (int i = 1; i < Count; i++)
            broker.Seat(new BrokenOnFlush(() => broken));
        broken = true;

        first.Send("hello");

        Assert.That(broker.Directory.IsEmpty, Is.True, "the sender goes too: it is told that the others went");
    }

    [Test]
    public void A_post_that_calls_the_broker_is_told_so_and_harms_no_other()
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember first = new();
        TestMember bad = new();
        RoomSeat seat = broker.Seat(first);
        RoomSeat badSeat = broker.Seat(bad);
        Exception? caught = null;
        bad.OnPost = _ =>
        {
            caught = Assert.Catch(() => badSeat.Leave());
            throw caught!;
        };

        seat.Send("hello");

        Assert.That(caught, Is.InstanceOf<InvalidOperationException>().With.Message.Contains(nameof(IRoomMember.TryPost)));
        Assert.That(first.Last, Is.EqualTo(new RoomEvent.Left("p2", PeerLeftReason.Vanished, "p1")));
    }

    private sealed class BrokenOnFlush(Func<bool> isBroken) : IRoomMember
    {
        public bool TryPost(RoomEvent roomEvent) => true;

        public void Flush()
        {
            if (isBroken())
                throw new InvalidOperationException("flush");
        }

        public void Close(PeerLeftReason reason)
        {
        }
    }
}
