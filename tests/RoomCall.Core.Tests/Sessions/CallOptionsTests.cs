using Moq;
using RoomCall.DataChannels;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Sessions;

public class CallOptionsTests
{
    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return Case("SendQueueLimit", options => options.SendQueueLimit = -1);
        yield return Case("SendBufferLimit", options => options.SendBufferLimit = 0);
        yield return Case("ReceiveBufferLimit", options => options.ReceiveBufferLimit = 0);
        yield return Case("PendingCandidateLimit", options => options.PendingCandidateLimit = 0);
        yield return Case("PendingCandidateLimit", options => options.PendingCandidateLimit = 10_001);
        yield return Case("MaxRecoveryAttempts", options => options.MaxRecoveryAttempts = -1);
        yield return Case("IceServers", options => options.IceServers = null!);
        yield return Case("DataChannelLabel", options => options.DataChannelLabel = null!);
        yield return Case("DataChannelLabel", options => options.DataChannelLabel = new string('a', 65_536));
        yield return Case("DataChannel", options => options.DataChannel = new DataChannelOptions { MaxRetransmits = 1, MaxPacketLifeTime = TimeSpan.Zero });
        yield return Case("DataChannel", options => options.DataChannel = new DataChannelOptions { MaxRetransmits = -1 });
        yield return Case("DataChannel", options => options.DataChannel = new DataChannelOptions { MaxPacketLifeTime = TimeSpan.FromDays(1) });
        yield return Case("Timeouts", options => options.Timeouts = null!);
        yield return Case("Timeouts.Join", options => options.Timeouts = new CallTimeouts { Join = TimeSpan.Zero });
        yield return Case("Timeouts.Wait", options => options.Timeouts = new CallTimeouts { Wait = TimeSpan.FromSeconds(-5) });
        yield return Case("Timeouts.HangUp", options => options.Timeouts = new CallTimeouts { HangUp = TimeSpan.FromDays(2) });

        static TestCaseData Case(string option, Action<CallOptions> change) => new(option, change);
    }

    [TestCaseSource(nameof(Wrong))]
    public void An_option_outside_its_range_is_refused_by_name(string option, Action<CallOptions> change)
    {
        CallOptions options = new();
        change(options);

        Assert.That(() => Client(options), Throws.ArgumentException.With.Message.Contains(option));
    }

    [Test]
    public void All_wrong_options_are_named_at_once()
    {
        CallOptions options = new() { SendBufferLimit = 0, MaxRecoveryAttempts = 101 };

        Assert.That(
            () => Client(options),
            Throws.ArgumentException.With.Message.Contains("SendBufferLimit").And.Message.Contains("MaxRecoveryAttempts"));
    }

    [Test]
    public void The_defaults_are_in_their_ranges() => Assert.That(() => Client(new CallOptions()), Throws.Nothing);

    [TestCase("")]
    [TestCase("  ")]
    public void A_room_without_a_name_is_refused_before_anything_is_asked(string room)
    {
        Mock<IRoomSignaler> signaler = new(MockBehavior.Strict);
        CallClient client = new(signaler.Object, Engine());

        Assert.That(async () => await client.JoinAsync(room), Throws.InstanceOf<ArgumentException>());
    }

    [Test]
    public void Options_of_one_join_are_checked_too()
    {
        CallClient client = Client(new CallOptions());

        Assert.That(
            async () => await client.JoinAsync("lobby", new CallOptions { SendBufferLimit = 0 }),
            Throws.ArgumentException.With.Message.Contains("SendBufferLimit"));
    }

    private static CallClient Client(CallOptions options) => new(new Mock<IRoomSignaler>(MockBehavior.Strict).Object, Engine(), options);

    private static IPeerConnectionFactory Engine() =>
        Mock.Of<IPeerConnectionFactory>(factory => factory.Capabilities == new EngineCapabilities());
}
