using RoomCall.Signaling;

namespace RoomCall.Server.Tests;

public sealed class ServerLogTests
{
    [Test]
    public void One_who_gets_in_is_sent_the_servers_log_lines_before_the_answer() // S5
    {
        RoomBroker broker = new();
        TestMember first = new();
        TestMember second = new();
        broker.Seat(first);

        broker.Seat(second);

        Assert.That(second.All.Select(e => e.GetType()), Is.EqualTo(new[] { typeof(RoomEvent.Log), typeof(RoomEvent.Joined) }));
        Assert.That(
            ((RoomEvent.Log)second.All[0]).Lines,
            Is.EqualTo(new[] { "Room lobby has 1 client(s)", "Request to create or join room lobby" }));
        Assert.That(first.All.OfType<RoomEvent.Log>().Count(), Is.EqualTo(1), "only the one who asks is sent them");
    }

    [Test]
    public void One_who_is_turned_away_is_not_told_how_many_are_inside()
    {
        RoomBroker broker = new();
        broker.Seat(new TestMember());
        broker.Seat(new TestMember());
        TestMember third = new();

        broker.CreateOrJoin("lobby", third);

        Assert.That(((RoomEvent.Log)third.All[0]).Lines, Is.EqualTo(new[] { "Request to create or join room lobby" }));
    }

    [Test]
    public void The_log_lines_name_no_peer()
    {
        RoomBroker broker = new();
        TestMember first = new();
        TestMember second = new();
        RoomSeat[] seats = [broker.Seat(first), broker.Seat(second)];

        string text = string.Join('\n', first.All.Concat(second.All).OfType<RoomEvent.Log>().SelectMany(log => log.Lines));

        Assert.That(text, Does.Not.Contain(seats[0].PeerId).And.Not.Contain(seats[1].PeerId));
    }

    [Test]
    public void The_log_lines_can_be_switched_off()
    {
        RoomBroker broker = new(new RoomBrokerOptions { SendLog = false });
        TestMember member = new();

        broker.Seat(member);

        Assert.That(member.All.Single(), Is.InstanceOf<RoomEvent.Created>());
    }
}
