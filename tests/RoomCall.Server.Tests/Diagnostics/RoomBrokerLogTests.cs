using Microsoft.Extensions.Logging;

namespace RoomCall.Server.Tests.Diagnostics;

public sealed class RoomBrokerLogTests
{
    [Test]
    public void Names_of_rooms_and_peers_are_logged_at_debug_level_only()
    {
        RecordingLogger logger = new();
        RoomBroker broker = new(logger: logger);
        RoomSeat first = broker.Seat(new TestMember(), "the-secret-room");
        RoomSeat slow = broker.Seat(new TestMember(queueLength: 2), "the-secret-room");
        broker.CreateOrJoin("the-secret-room", new TestMember());
        broker.CreateOrJoin("\0", new TestMember());
        first.Send("too much");
        broker.CreateOrJoin("the-secret-room", new TestMember { OnPost = _ => throw new InvalidOperationException("broken") });
        first.Leave();

        Assert.That(logger.Lines.Select(l => l.Id).Distinct(), Is.EquivalentTo(new[] { 2000, 2001, 2010, 2011, 2020, 2021 }));
        Assert.That(
            logger.Lines.Where(l => l.Level > LogLevel.Debug).Select(l => l.Text),
            Has.Exactly(2).Items.And.None.Contain("secret").And.None.Contain(first.PeerId).And.None.Contain(slow.PeerId));
        Assert.That(logger.Lines.Single(l => l.Id == 2021).Exception, Is.InstanceOf<InvalidOperationException>());
    }

    [Test]
    public void Each_stay_has_one_line_for_its_beginning_and_one_for_its_end()
    {
        RecordingLogger logger = new();
        RoomBroker broker = new(logger: logger);
        RoomSeat first = broker.Seat(new TestMember());
        broker.Seat(new TestMember(queueLength: 2));

        first.Send("too much for the second");
        first.Leave();
        first.Leave();

        Assert.That(logger.Lines.Count(l => l.Id == 2000), Is.EqualTo(2));
        Assert.That(logger.Lines.Count(l => l.Id == 2001), Is.EqualTo(2));
    }
}
