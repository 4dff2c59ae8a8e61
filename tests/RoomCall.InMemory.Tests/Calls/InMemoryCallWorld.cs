using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

/// <summary>Whole calls in memory and in virtual time.</summary>
public sealed class InMemoryCallWorld(TimeSpan latency = default, ILoggerFactory? loggerFactory = null) : CallWorld
{
    private readonly FakeTimeProvider _time = new();
    private InMemoryWorld? _world;

    public override TimeProvider Time => _time;

    /// <summary>With latency the clock moves by itself, or nothing would arrive.</summary>
    public InMemoryWorld World => _world ??= new(
        new InMemoryWorldOptions
        {
            Network = new() { Latency = latency },
            Signaling = new() { Latency = latency },
            Rooms = new() { MaxMessagesPerSecond = 1_000_000, MessageBurst = 1_000_000 },
        },
        latency == default ? _time : TimeProvider.System,
        loggerFactory);

    public override CallSide CreateSide(bool canRestartIce = true, bool isUnreachable = false, bool canCloseChannels = true) =>
        new InMemoryCallSide(World, new InMemoryPeerConnectionOptions
        {
            IsUnreachable = isUnreachable,
            Capabilities = new InMemoryPeerConnectionOptions().Capabilities with
            {
                IceRestart = canRestartIce,
                DataChannelClose = canCloseChannels,
            },
        });

    public override ValueTask PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return default;
    }

    public override void AssertEmpty()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((World.Rooms.RoomCount, World.Rooms.MemberCount), Is.EqualTo((0, 0)));
            Assert.That(World.Network.Connections, Is.Empty);
        }
    }

    public override ValueTask DisposeAsync() => default;
}
