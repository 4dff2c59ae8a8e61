using Microsoft.Extensions.Time.Testing;
using RoomCall.Signaling;

namespace RoomCall.Server.Tests;

public sealed class LimitTests
{
    // A source, because an attribute's text is stored as UTF-8, which cannot hold the last one.
    private static readonly string[] NamesThatAreNone = ["", "   \t", "lob\0by", "lobby\n2000-01-01 forged line", "lobby\ud800"];

    [TestCaseSource(nameof(NamesThatAreNone))]
    public void A_name_that_is_none_is_refused_and_leaves_no_trace(string room)
    {
        RoomBroker broker = new();
        TestMember member = new();

        RoomSeat? seat = broker.CreateOrJoin(room, member);

        Assert.That(seat, Is.Null);
        Assert.That(member.All.Count, Is.EqualTo(1), "no log line repeats the name");
        Assert.That(member.LastError, Is.EqualTo(RoomErrorCode.InvalidRoomName));
        Assert.That(broker.Directory.IsEmpty, Is.True);
    }

    [TestCase(128, true)]
    [TestCase(129, false)]
    [TestCase(10_000_000, false)]
    public void A_name_may_have_128_characters(int length, bool isLetIn)
    {
        TestMember member = new();

        RoomSeat? seat = new RoomBroker().CreateOrJoin(new string('x', length), member);

        Assert.That(seat is not null, Is.EqualTo(isLetIn));
        Assert.That(member.LastError, Is.EqualTo(isLetIn ? null : (RoomErrorCode?)RoomErrorCode.InvalidRoomName));
    }

    [Test]
    public void One_room_too_many_is_refused_and_the_others_stay_open()
    {
        RoomBroker broker = new(new RoomBrokerOptions { MaxRooms = 2 });
        TestMember third = new();
        TestMember guest = new();
        RoomSeat first = broker.Seat(new TestMember(), "1");
        broker.Seat(new TestMember(), "2");

        Assert.That(broker.CreateOrJoin("3", third), Is.Null);
        Assert.That(third.LastError, Is.EqualTo(RoomErrorCode.TooManyRooms));
        Assert.That((broker.RoomCount, broker.MemberCount), Is.EqualTo((2, 2)));

        Assert.That(broker.CreateOrJoin("2", guest), Is.Not.Null, "who joins a room that is there opens none");
        first.Leave();
        Assert.That(broker.CreateOrJoin("3", third), Is.Not.Null, "a room that has ended makes place");
    }

    [TestCase(0, RoomErrorCode.Malformed)]
    [TestCase(1, null)]
    [TestCase(64 * 1024, null)]
    [TestCase(64 * 1024 + 1, RoomErrorCode.MessageTooLarge)]
    public void A_message_may_have_1_byte_to_64_KiB(int bytes, RoomErrorCode? refusal)
    {
        RoomBroker broker = new();
        TestMember first = new();
        TestMember second = new();
        RoomSeat seat = broker.Seat(first);
        broker.Seat(second);

        seat.Relay(new byte[bytes], to: null);

        Assert.That(first.LastError, Is.EqualTo(refusal));
        Assert.That(second.Messages.Count, Is.EqualTo(refusal is null ? 1 : 0));
    }

    [Test]
    public void A_flood_is_cut_at_the_burst_and_then_at_the_rate()
    {
        FakeTimeProvider time = new();
        RoomBroker broker = new(timeProvider: time);
        TestMember first = new();
        TestMember second = new();
        RoomSeat seat = broker.Seat(first);
        RoomSeat other = broker.Seat(second);

        for (int i = 0; i < 1000; i++)
            seat.Send("flood");

        Assert.That(second.Messages, Has.Count.EqualTo(200));
        Assert.That(first.Events.OfType<RoomEvent.Error>().Select(e => e.Code), Has.Exactly(800).EqualTo(RoomErrorCode.TooManyMessages));

        time.Advance(TimeSpan.FromMilliseconds(50));
        for (int i = 0; i < 1000; i++)
            seat.Send("flood");

        Assert.That(second.Messages, Has.Count.EqualTo(205));

        other.Send("each has its own measure");
        Assert.That(first.Messages, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_large_message_counts_once_more_for_each_4_KiB_so_that_nobody_can_fill_what_is_kept_for_another()
    {
        RoomBroker broker = new(timeProvider: new FakeTimeProvider());
        TestMember second = new();
        RoomSeat seat = broker.Seat(new TestMember());
        broker.Seat(second);

        for (int i = 0; i < 100; i++)
            seat.Relay(new byte[64 * 1024], to: null);

        Assert.That(second.Messages, Has.Count.EqualTo(200 / 17));
    }

    [Test]
    public void One_message_passes_however_small_the_burst()
    {
        TestMember second = new();
        RoomBroker broker = new(new RoomBrokerOptions { MessageBurst = 1 }, new FakeTimeProvider());
        RoomSeat seat = broker.Seat(new TestMember());
        broker.Seat(second);

        seat.Relay(new byte[64 * 1024], to: null);

        Assert.That(second.Messages, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_call_with_50_candidates_on_each_side_passes_at_once()
    {
        RoomBroker broker = new(timeProvider: new FakeTimeProvider());
        TestMember first = new();
        TestMember second = new();
        RoomSeat[] seats = [broker.Seat(first), broker.Seat(second)];

        for (int i = 0; i < 53; i++) // got user media, a description, 50 candidates, bye
        {
            seats[0].Send("message");
            seats[1].Send("message");
        }

        Assert.That((first.Messages.Count, second.Messages.Count), Is.EqualTo((53, 53)));
    }

    [Test]
    public void What_other_limits_refuse_counts_too()
    {
        RoomBroker broker = new(new RoomBrokerOptions { MessageBurst = 3 }, new FakeTimeProvider());
        TestMember member = new();
        RoomSeat seat = broker.Seat(member);

        seat.Send("", to: null);
        seat.Send("hello", to: "nobody");
        seat.Relay(new byte[100_000], to: null);
        seat.Send("hello");

        Assert.That(member.Events.OfType<RoomEvent.Error>().Select(e => e.Code), Is.EqualTo(new[]
        {
            RoomErrorCode.Malformed,
            RoomErrorCode.UnknownPeer,
            RoomErrorCode.MessageTooLarge,
            RoomErrorCode.TooManyMessages,
        }));
    }

    [Test]
    public void No_refusal_repeats_what_was_sent()
    {
        RoomBroker broker = new();
        TestMember member = new();
        RoomSeat seat = broker.Seat(member);

        seat.Send("hello", to: "<script>");
        seat.Leave();
        broker.CreateOrJoin("<script>\0", member);

        IEnumerable<string> details = member.Events.OfType<RoomEvent.Error>().Select(e => e.Detail);
        Assert.That(details, Has.Exactly(2).Items.And.None.Contain("script"));
    }
}
