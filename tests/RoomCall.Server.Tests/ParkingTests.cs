using Microsoft.Extensions.Time.Testing;
using RoomCall.Signaling;

namespace RoomCall.Server.Tests;

/// <summary>What one who waits leaves for the next one to come.</summary>
public sealed class ParkingTests
{
    private readonly FakeTimeProvider _time = new();

    [Test]
    public void What_is_parked_is_handed_to_the_next_one_right_after_its_joined()
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember first = new();
        TestMember second = new();
        RoomSeat seat = broker.Seat(first);
        Park(seat, "offer", 3);
        Park(seat, "candidate", 3);

        broker.Seat(second);

        Assert.That(second.Events[0], Is.InstanceOf<RoomEvent.Joined>());
        Assert.That(second.Events.Skip(1), Has.All.Property(nameof(RoomEvent.Message.From)).EqualTo("p1"));
        Assert.That(second.Messages, Is.EqualTo(new[] { "offer", "candidate" }));
        Assert.That(first.Last, Is.EqualTo(new RoomEvent.Join("p2", "p1") { Parked = 3 }));
    }

    [Test]
    public void What_is_parked_is_handed_out_once()
    {
        RoomBroker broker = Broker.WithCountedIds();
        RoomSeat seat = broker.Seat(new TestMember());
        Park(seat, "offer", 1);
        broker.Seat(new TestMember()).Leave();

        TestMember third = new();
        broker.Seat(third);

        Assert.That(third.Messages, Is.Empty);
    }

    [Test]
    public void A_candidate_that_comes_after_its_offer_was_handed_out_goes_to_the_one_who_has_it()
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { Capacity = 3 });
        TestMember second = new();
        TestMember third = new();
        RoomSeat seat = broker.Seat(new TestMember());
        Park(seat, "offer", 1);
        broker.Seat(second);
        broker.Seat(third);

        Park(seat, "late candidate", 1);

        Assert.That(second.Messages, Is.EqualTo(new[] { "offer", "late candidate" }));
        Assert.That(third.Messages, Is.Empty);
    }

    [Test]
    public void What_is_parked_while_another_is_there_who_was_handed_nothing_is_dropped()
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { Capacity = 3 });
        TestMember first = new();
        TestMember second = new();
        RoomSeat seat = broker.Seat(first);
        broker.Seat(second);

        Park(seat, "too late", 1);

        TestMember third = new();
        broker.Seat(third);
        Assert.That(second.Messages.Concat(third.Messages), Is.Empty);
        Assert.That(first.Events, Has.None.InstanceOf<RoomEvent.Error>());
    }

    [Test]
    public void A_new_generation_takes_the_place_of_the_one_before_and_an_old_one_does_not_come_back()
    {
        RoomBroker broker = Broker.WithCountedIds();
        RoomSeat seat = broker.Seat(new TestMember());
        Park(seat, "first offer", 1);
        Park(seat, "second offer", 2);
        Park(seat, "late candidate of the first", 1);

        TestMember second = new();
        broker.Seat(second);

        Assert.That(second.Messages, Is.EqualTo(new[] { "second offer" }));
    }

    [Test]
    public void What_has_waited_too_long_is_not_handed_out()
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { ParkedOfferLifetime = TimeSpan.FromMinutes(1) }, _time);
        TestMember first = new();
        Park(broker.Seat(first), "offer", 1);
        _time.Advance(TimeSpan.FromSeconds(61));

        TestMember second = new();
        broker.Seat(second);

        Assert.That(second.Messages, Is.Empty);
        Assert.That(first.Last, Is.EqualTo(new RoomEvent.Join("p2", "p1")));
    }

    [Test]
    public void Where_parking_is_off_nothing_is_handed_out()
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { ParkedOfferLifetime = TimeSpan.Zero });
        TestMember first = new();
        Park(broker.Seat(first), "offer", 1);

        TestMember second = new();
        broker.Seat(second);

        Assert.That(second.Messages, Is.Empty);
        Assert.That(first.Last, Is.EqualTo(new RoomEvent.Join("p2", "p1")));
    }

    [TestCase(3, 100)]
    [TestCase(2, 100)]
    [TestCase(100, 12)]
    [TestCase(100, 9)]
    public void More_than_the_room_keeps_is_handed_out_not_at_all_rather_than_in_part(int messages, int bytes)
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { MaxParkedMessages = messages, MaxMessageBytes = bytes });
        TestMember first = new();
        RoomSeat seat = broker.Seat(first);
        foreach (string text in new[] { "offer", "one", "two", "three" })
        {
            Park(seat, text, 1);
        }

        TestMember second = new();
        broker.Seat(second);

        Assert.That(second.Messages, Is.Empty);
        Assert.That(first.Last, Is.EqualTo(new RoomEvent.Join("p2", "p1")));
    }

    [Test]
    public void What_one_begins_to_park_while_another_is_still_there_is_not_handed_out_in_part()
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember first = new();
        RoomSeat seat = broker.Seat(first);
        RoomSeat leaving = broker.Seat(new TestMember());
        Park(seat, "offer", 2);
        leaving.Leave();
        Park(seat, "candidate", 2);

        TestMember third = new();
        broker.Seat(third);

        Assert.That(third.Messages, Is.Empty);
        Assert.That(first.Last, Is.EqualTo(new RoomEvent.Join("p3", "p1")));
    }

    [Test]
    public void A_late_candidate_of_what_one_took_who_has_left_is_not_handed_to_the_next()
    {
        RoomBroker broker = Broker.WithCountedIds();
        TestMember first = new();
        RoomSeat seat = broker.Seat(first);
        Park(seat, "offer", 1);
        broker.Seat(new TestMember()).Leave();
        Park(seat, "late candidate", 1);

        TestMember third = new();
        broker.Seat(third);

        Assert.That(third.Messages, Is.Empty);
        Assert.That(first.Last, Is.EqualTo(new RoomEvent.Join("p3", "p1")));
    }

    [Test]
    public void What_one_has_parked_who_has_left_is_gone()
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { Capacity = 3 });
        RoomSeat seat = broker.Seat(new TestMember());
        broker.Seat(new TestMember()).Leave();
        Park(seat, "offer", 1);
        broker.Seat(new TestMember());
        seat.Leave();

        TestMember third = new();
        broker.Seat(third);

        Assert.That(third.Messages, Is.Empty);
    }

    [Test]
    public void Parking_costs_what_a_message_costs_and_is_refused_as_one()
    {
        RoomBroker broker = Broker.WithCountedIds(new RoomBrokerOptions { MaxMessageBytes = 8, MessageBurst = 2 }, _time);
        TestMember first = new();
        RoomSeat seat = broker.Seat(first);

        Park(seat, "far too large", 1);
        Assert.That(first.LastError, Is.EqualTo(RoomErrorCode.MessageTooLarge));
        Park(seat, "offer", 1);
        Park(seat, "one", 1);

        Assert.That(first.LastError, Is.EqualTo(RoomErrorCode.TooManyMessages));
    }

    private static void Park(RoomSeat seat, string text, int generation) => seat.Park(System.Text.Encoding.UTF8.GetBytes(text), generation);
}
