using Microsoft.Extensions.Time.Testing;
using RoomCall.Conformance;
using RoomCall.InMemory;
using RoomCall.WebSockets.Tests.Network;

namespace RoomCall.WebSockets.Tests.Calls;

/// <summary>Whole calls whose signaling goes over real sockets and whose media stays in memory. The sessions' time-outs and the engine run
/// on a virtual clock, the sockets on the real one.</summary>
internal sealed class WebSocketCallWorld(SignalingApp app) : CallWorld
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<ProxiedSignaler> _signalers = [];
    private InMemoryWorld? _world;

    public override TimeProvider Time => _time;

    private InMemoryWorld World => _world ??= new(null, _time);

    public static async ValueTask<CallWorld> StartAsync() => new WebSocketCallWorld(await SignalingApp.StartAsync());

    public override CallSide CreateSide(bool canRestartIce = true, bool isUnreachable = false)
    {
        ProxiedSignaler signaler = new(app.Port);
        lock (_signalers)
        {
            _signalers.Add(signaler);
        }

        return new WebSocketCallSide(World, signaler, new InMemoryPeerConnectionOptions
        {
            IsUnreachable = isUnreachable,
            Capabilities = new InMemoryPeerConnectionOptions().Capabilities with { IceRestart = canRestartIce },
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
        await app.WhenEmptyAsync();
        foreach (ProxiedSignaler signaler in _signalers)
        {
            await signaler.DisposeAsync();
        }

        await app.DisposeAsync();
    }
}
