using RoomCall.Conformance;
using RoomCall.Server;
using RoomCall.Signaling;

namespace RoomCall.InMemory.Tests;

/// <summary>Signalers on one broker, which has no limit that a test could meet by sending fast.</summary>
public sealed class InMemorySignalingHost(TimeSpan latency) : SignalingHost
{
    private readonly InMemorySignalerOptions _options = new() { Latency = latency, QueueLimit = 1024 };
    private readonly List<InMemorySignaler> _signalers = [];

    public static RoomBrokerOptions Unlimited { get; } = new() { MaxMessagesPerSecond = 1_000_000, MessageBurst = 1_000_000 };

    public RoomBroker Broker { get; } = new(Unlimited);

    public override int Rounds => latency == TimeSpan.Zero ? 1000 : 100;

    public override int MessagesUntilTooSlow => 3000;

    public override bool CanInterrupt => true;

    public override IRoomSignaler CreateSignaler() => Create();

    public override IRoomSignaler CreateUnreachableSignaler()
    {
        InMemorySignaler signaler = Create();
        signaler.IsReachable = false;
        return signaler;
    }

    public override ValueTask CutAsync(IRoomSignaler signaler)
    {
        ((InMemorySignaler)signaler).Vanish();
        return default;
    }

    public override ValueTask InterruptAsync(IRoomSignaler signaler)
    {
        ((InMemorySignaler)signaler).Interrupt();
        return default;
    }

    public override ValueTask ResumeAsync(IRoomSignaler signaler)
    {
        ((InMemorySignaler)signaler).Resume();
        return default;
    }

    /// <summary>Every test of every fixture ends with this: whatever happened, nothing stays behind.</summary>
    public override ValueTask DisposeAsync()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Broker.RoomCount, Is.Zero, "rooms that stay behind");
            Assert.That(Broker.MemberCount, Is.Zero, "members that stay behind");
            Assert.That(_signalers.Select(signaler => signaler.ConnectionCount), Is.All.Zero, "connections that stay behind");
        }

        return default;
    }

    private InMemorySignaler Create()
    {
        InMemorySignaler signaler = new(Broker, _options);
        lock (_signalers)
        {
            _signalers.Add(signaler);
        }

        return signaler;
    }
}
