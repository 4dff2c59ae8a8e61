using RoomCall.Conformance;
using RoomCall.Media;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.InMemory.Tests;

public sealed class InMemoryCallSide(InMemoryWorld world, InMemoryPeerConnectionOptions? engineOptions = null) : CallSide
{
    private readonly InMemorySignaler _signaler = world.CreateSignaler();
    private readonly InMemoryPeerConnectionFactory _engine = world.CreateEngine(engineOptions);

    public override IRoomSignaler Signaler => _signaler;

    public override IPeerConnectionFactory Engine => _engine;

    public InMemoryFaults Faults => _engine.Faults;

    public override ICallClient CreateClient(CallOptions options) => world.CreateClient(options, _signaler, _engine);

    public override IMediaSource CreateMedia() => new InMemoryMediaSource();

    public override void Vanish()
    {
        _engine.Disconnect();
        _signaler.Vanish();
    }

    public override void InterruptSignaling() => _signaler.Interrupt();

    public override void ResumeSignaling() => _signaler.Resume();

    public override void LoseSignaling() => _signaler.Vanish();

    public override void MakeServerUnreachable() => _signaler.IsReachable = false;

    public override void Disconnect() => _engine.Disconnect();

    public override void Reconnect() => _engine.Reconnect();
}
