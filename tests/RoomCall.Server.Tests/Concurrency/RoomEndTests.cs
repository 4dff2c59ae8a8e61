using RoomCall.Signaling;

namespace RoomCall.Server.Tests.Concurrency;

/// <summary>What happens between finding a room and entering it, one case at a time.</summary>
public sealed class RoomEndTests
{
    [Test]
    public void One_who_finds_a_room_that_ends_before_it_enters_creates_it_anew()
    {
        HookedTime time = new();
        RoomBroker broker = new(timeProvider: time);
        RoomSeat leaving = broker.Seat(new TestMember());
        TestMember entering = new();
        time.OnRead = () => leaving.Leave();

        RoomSeat seat = broker.Seat(entering);

        time.OnRead = null;
        Assert.That(entering.Last, Is.InstanceOf<RoomEvent.Created>());
        Assert.That((broker.RoomCount, broker.MemberCount), Is.EqualTo((1, 1)));
        TestMember next = new();
        broker.Seat(next).Send("hello", seat.PeerId);
        Assert.That(entering.Messages, Has.Count.EqualTo(1), "both are in the one room of that name");
    }

    [Test]
    public void One_who_finds_a_room_that_ends_and_is_created_by_another_joins_that_one()
    {
        HookedTime time = new();
        RoomBroker broker = Broker.WithCountedIds(time: time);
        RoomSeat leaving = broker.Seat(new TestMember());
        TestMember other = new();
        TestMember entering = new();
        time.OnRead = () =>
        {
            time.OnRead = null;
            leaving.Leave();
            broker.Seat(other);
        };

        broker.Seat(entering);

        Assert.That(((RoomEvent.Joined)entering.Last).Initiator, Is.EqualTo("p3"));
        Assert.That(other.Last, Is.EqualTo(new RoomEvent.Join("p2", "p3")));
        Assert.That((broker.RoomCount, broker.MemberCount), Is.EqualTo((1, 2)));
    }

    [Test]
    public void One_who_is_about_to_open_a_room_when_the_last_place_for_rooms_goes_is_refused()
    {
        HookedTime time = new();
        RoomBroker broker = new(new RoomBrokerOptions { MaxRooms = 1 }, time);
        TestMember entering = new();
        RoomSeat? other = null;
        time.OnRead = () =>
        {
            time.OnRead = null;
            other = broker.Seat(new TestMember(), "elsewhere");
        };

        Assert.That(broker.CreateOrJoin("lobby", entering), Is.Null);

        Assert.That(entering.LastError, Is.EqualTo(RoomErrorCode.TooManyRooms));
        other!.Leave();
        Assert.That(broker.Directory.IsEmpty, Is.True);
    }
}
