using System.Text;
using RoomCall.Signaling;

namespace RoomCall.Server.Tests;

public sealed class RelayTests
{
    [Test]
    public void A_message_reaches_the_other_peer_as_it_was_sent_with_the_senders_id() // S6, S8
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember second = new();
        RoomSeat seat = broker.Seat(new TestMember());
        broker.Seat(second);
        byte[] payload = [0x7b, 0x00, 0xff, 0xfe, 0x7d];

        seat.Relay(payload, to: null);

        var message = (RoomEvent.Message)second.Last;
        Assert.That(message.From, Is.EqualTo("p1"));
        Assert.That(message.Payload, Is.EqualTo((ReadOnlyMemory<byte>)payload), "the same bytes, not a copy");
    }

    [Test]
    public void A_message_for_all_reaches_all_others_and_is_one_object()
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { Capacity = 4 });
        TestMember[] members = [new(), new(), new(), new()];
        RoomSeat[] seats = [.. members.Select(m => broker.Seat(m))];

        seats[1].Send("hello");

        Assert.That(members[1].Messages, Is.Empty);
        RoomEvent[] received = [members[0].Last, members[2].Last, members[3].Last];
        Assert.That(received, Has.All.InstanceOf<RoomEvent.Message>().And.All.SameAs(received[0]));
    }

    [Test]
    public void A_message_for_one_reaches_nobody_else()
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { Capacity = 3 });
        TestMember[] members = [new(), new(), new()];
        RoomSeat[] seats = [.. members.Select(m => broker.Seat(m))];

        seats[0].Send("for p3", to: "p3");

        Assert.That(members.Select(m => m.Messages.Count), Is.EqualTo(new[] { 0, 0, 1 }));
    }

    [Test]
    public void A_message_never_leaves_its_room() // D9
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember here = new();
        TestMember there = new();
        RoomSeat seat = broker.Seat(here, "here");
        RoomSeat other = broker.Seat(there, "there");

        seat.Send("for all");
        seat.Send("for one", other.PeerId);

        Assert.That(there.Messages, Is.Empty);
        Assert.That(here.LastError, Is.EqualTo(RoomErrorCode.UnknownPeer));
    }

    private static readonly string[] NotAnotherMember = ["nobody", "", "\0", "\ud800", "P2", "p2 ", new string('x', 1_000_000), "p1"];

    [TestCaseSource(nameof(NotAnotherMember))]
    public void A_message_for_a_peer_that_is_not_another_member_is_refused(string to)
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember first = new();
        TestMember second = new();
        RoomSeat seat = broker.Seat(first);
        broker.Seat(second);

        seat.Send("hello", to);

        Assert.That(first.LastError, Is.EqualTo(RoomErrorCode.UnknownPeer));
        Assert.That(first.Messages.Concat(second.Messages), Is.Empty);
    }

    [Test]
    public void A_message_for_all_in_an_empty_room_is_no_error()
    {
        TestMember alone = new();
        RoomSeat seat = new RoomBroker().Seat(alone);

        seat.Send("\"got user media\"");

        Assert.That(alone.Events.Single(), Is.InstanceOf<RoomEvent.Created>());
    }

    [Test]
    public void A_message_after_leaving_is_refused_and_reaches_nobody()
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember first = new();
        TestMember second = new();
        RoomSeat seat = broker.Seat(first);
        broker.Seat(second);
        seat.Leave();

        seat.Send("too late");

        Assert.That(first.LastError, Is.EqualTo(RoomErrorCode.NotInRoom));
        Assert.That(second.Messages, Is.Empty);
    }

    [Test]
    public void A_message_for_one_who_has_left_is_refused_even_if_its_place_is_taken() // D7
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember first = new();
        TestMember next = new();
        RoomSeat seat = broker.Seat(first);
        RoomSeat gone = broker.Seat(new TestMember());
        gone.Leave();
        broker.Seat(next);

        seat.Send("for the one before", gone.PeerId);

        Assert.That(first.LastError, Is.EqualTo(RoomErrorCode.UnknownPeer));
        Assert.That(next.Messages, Is.Empty);
    }

    [Test]
    public void Messages_arrive_in_the_order_of_sending()
    {
        RoomBroker broker = new();
        TestMember second = new();
        RoomSeat seat = broker.Seat(new TestMember());
        broker.Seat(second);
        string[] sent = [.. Enumerable.Range(0, 100).Select(i => $"{i}")];

        foreach (string text in sent)
            seat.Send(text);

        Assert.That(second.Messages, Is.EqualTo(sent));
    }

    [Test]
    public void A_flush_may_answer_through_the_broker()
    {
        RoomBroker broker = new();
        TestMember first = new();
        TestMember second = new();
        RoomSeat seat = broker.Seat(first);
        RoomSeat answering = broker.Seat(second);
        second.OnFlush = () =>
        {
            second.OnFlush = null;
            answering.Send("answer");
        };

        seat.Send("offer");

        Assert.That(first.Messages, Is.EqualTo(new[] { "answer" }));
    }

    [Test]
    public void Relaying_allocates_the_message_and_nothing_else()
    {
        RoomBroker broker = new(new RoomBrokerOptions { Capacity = 8, MaxMessagesPerSecond = 1_000_000, MessageBurst = 1_000_000 });
        RoomSeat[] seats = [.. Enumerable.Range(0, 8).Select(_ => broker.Seat(new Sink()))];
        byte[] payload = Encoding.UTF8.GetBytes("{}");
        const int Messages = 10_000;

        long used = 0;
        for (int round = 0; round < 2; round++) // the first warms up
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Messages; i++)
                seats[0].Relay(payload, to: i % 2 == 0 ? null : seats[1].PeerId);

            used = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.That(used / Messages, Is.LessThanOrEqualTo(48), "header, type, sender, and the memory's three fields");
    }

    private sealed class Sink : IRoomMember
    {
        public bool TryPost(RoomEvent roomEvent) => true;

        public void Flush()
        {
        }

        public void Close(PeerLeftReason reason)
        {
        }
    }
}
