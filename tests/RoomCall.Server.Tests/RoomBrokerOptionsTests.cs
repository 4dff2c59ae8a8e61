using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Server.Tests;

public sealed class RoomBrokerOptionsTests
{
    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return Case(nameof(RoomBrokerOptions.Capacity), new() { Capacity = 1 });
        yield return Case(nameof(RoomBrokerOptions.Capacity), new() { Capacity = 10_001 });
        yield return Case(nameof(RoomBrokerOptions.MaxRooms), new() { MaxRooms = 0 });
        yield return Case(nameof(RoomBrokerOptions.MaxRoomNameLength), new() { MaxRoomNameLength = 0 });
        yield return Case(nameof(RoomBrokerOptions.MaxMessageBytes), new() { MaxMessageBytes = -1 });
        yield return Case(nameof(RoomBrokerOptions.MaxMessagesPerSecond), new() { MaxMessagesPerSecond = 0 });
        yield return Case(nameof(RoomBrokerOptions.MessageBurst), new() { MessageBurst = int.MaxValue });
        yield return Case(nameof(RoomBrokerOptions.IceServers), new() { IceServers = null! });
        yield return Case(nameof(RoomBrokerOptions.IceServers), new() { IceServers = [null!] });

        static TestCaseData Case(string property, RoomBrokerOptions options)
        {
            object? value = typeof(RoomBrokerOptions).GetProperty(property)!.GetValue(options);
            return new TestCaseData(property, options).SetArgDisplayNames(property, $"{value}");
        }
    }

    [TestCaseSource(nameof(Wrong))]
    public void A_value_out_of_its_range_is_named(string property, RoomBrokerOptions options)
    {
        Assert.That(
            () => new RoomBroker(options),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains($"{nameof(RoomBrokerOptions)}.{property}"));
    }

    [Test]
    public void The_ends_of_the_ranges_are_taken()
    {
        Assert.That(
            () => new RoomBroker(new()
            {
                Capacity = 10_000,
                MaxRooms = int.MaxValue,
                MaxRoomNameLength = 4096,
                MaxMessageBytes = 16 * 1024 * 1024,
                MaxMessagesPerSecond = 1_000_000,
                MessageBurst = 1_000_000,
            }),
            Throws.Nothing);
        Assert.That(
            () => new RoomBroker(new()
            {
                MaxRooms = 1,
                MaxRoomNameLength = 1,
                MaxMessageBytes = 1,
                MaxMessagesPerSecond = 1,
                MessageBurst = 1,
            }),
            Throws.Nothing);
    }

    [Test]
    public void Changes_after_the_broker_was_made_have_no_effect()
    {
        List<IceServer> servers = [new IceServer(["stun:stun.example.org"])];
        RoomBrokerOptions options = new() { IceServers = servers };
        RoomBroker broker = new(options);
        options.Capacity = 3;
        servers.Clear();
        TestMember first = new();

        broker.Seat(first);
        broker.Seat(new TestMember());

        Assert.That(broker.CreateOrJoin("lobby", new TestMember()), Is.Null);
        Assert.That(first.Events.OfType<RoomEvent.Created>().Single().IceServers, Has.Count.EqualTo(1));
    }
}
