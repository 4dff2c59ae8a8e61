using Microsoft.Extensions.Time.Testing;
using RoomCall.Conformance;
using RoomCall.InMemory;

namespace RoomCall.NetworkConformance;

/// <summary>Whole calls whose signaling goes over real sockets and whose media stays in memory. The sessions' time-outs and the engine run
/// on a virtual clock, the sockets on the real one, and the virtual clock is never behind it: what the engine says again after a while, it
/// does say again.</summary>
public sealed class NetworkCallWorld : CallWorld
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly Network _network;
    private readonly SignalingApp _app;
    private readonly ITimer _ticks;
    private readonly List<ProxiedSignaler> _signalers = [];

    private NetworkCallWorld(Network network, SignalingApp app)
    {
        (_network, _app) = (network, app);
        World = new InMemoryWorld(null, _time);
        _ticks = TimeProvider.System.CreateTimer(_ => _time.Advance(Tick), null, Tick, Tick);
    }

    public override TimeProvider Time => _time;

    private InMemoryWorld World { get; }

    /// <summary>Starts the server.</summary>
    /// <param name="network">How the sides reach it.</param>
    public static async ValueTask<CallWorld> StartAsync(Network network) => new NetworkCallWorld(network, await network.StartAsync());

    public override CallSide CreateSide(bool canRestartIce = true, bool isUnreachable = false, bool canCloseChannels = true)
    {
        ProxiedSignaler signaler = _network.CreateSignaler(_app.Port);
        lock (_signalers)
        {
            _signalers.Add(signaler);
        }

        return new NetworkCallSide(World, signaler, new InMemoryPeerConnectionOptions
        {
            IsUnreachable = isUnreachable,
            Capabilities = new InMemoryPeerConnectionOptions().Capabilities with
            {
                IceRestart = canRestartIce,
                DataChannelClose = canCloseChannels,
            },
        });
    }

    public override ValueTask PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return default;
    }

    public override void AssertEmpty() => Assert.That(World.Network.Connections, Is.Empty);

    public override async ValueTask DisposeAsync()
    {
        await _ticks.DisposeAsync();
        await _app.WhenEmptyAsync();
        foreach (ProxiedSignaler signaler in _signalers)
        {
            await signaler.DisposeAsync();
        }

        await _app.DisposeAsync();
    }
}
