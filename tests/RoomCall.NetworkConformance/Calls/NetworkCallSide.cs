using RoomCall.Conformance;
using RoomCall.InMemory;
using RoomCall.Media;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.NetworkConformance;

internal sealed class NetworkCallSide(InMemoryWorld world, ProxiedSignaler signaler, InMemoryPeerConnectionOptions engineOptions) : CallSide
{
    private readonly InMemoryPeerConnectionFactory _engine = world.CreateEngine(engineOptions);

    public override IRoomSignaler Signaler => signaler;

    public override IPeerConnectionFactory Engine => _engine;

    public override ICallClient CreateClient(CallOptions options) => world.CreateClient(options, signaler, _engine);

    public override IMediaSource CreateMedia() => new InMemoryMediaSource();

    public override void Vanish()
    {
        _engine.Disconnect();
        signaler.Proxy.CutForGood();
    }

    public override void InterruptSignaling() => signaler.Proxy.Interrupt();

    public override void ResumeSignaling() => signaler.Proxy.Resume();

    public override void LoseSignaling() => signaler.Proxy.CutForGood();

    public override void MakeServerUnreachable() => signaler.Proxy.Interrupt();

    public override void Disconnect() => _engine.Disconnect();

    public override void Reconnect() => _engine.Reconnect();
}
