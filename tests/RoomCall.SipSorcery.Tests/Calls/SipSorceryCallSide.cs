using RoomCall.Conformance;
using RoomCall.Media;
using RoomCall.NetworkConformance;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.SipSorcery.Tests;

internal sealed class SipSorceryCallSide : CallSide, IAsyncDisposable
{
    private readonly NetworkPlug _plug = new();
    private readonly ProxiedSignaler _signaler;
    private readonly PluggedEngine _engine;
    private readonly TimeProvider _time;

    public SipSorceryCallSide(TimeProvider time, ProxiedSignaler signaler, LossyNetwork network)
    {
        (_time, _signaler) = (time, signaler);
        _engine = new PluggedEngine(RoomCall.SipSorcery.Tests.Engine.Create(), network, _plug);
    }

    public override IRoomSignaler Signaler => _signaler;

    public override IPeerConnectionFactory Engine => _engine;

    public int OpenConnections => _engine.OpenConnections;

    public override ICallClient CreateClient(CallOptions options) => new CallClient(_signaler, _engine, options, _time);

    public override IMediaSource CreateMedia() => TestMedia.Source();

    public override void Vanish()
    {
        Disconnect();
        _signaler.Proxy.CutForGood();
    }

    public override void InterruptSignaling() => _signaler.Proxy.Interrupt();

    public override void ResumeSignaling() => _signaler.Proxy.Resume();

    public override void LoseSignaling() => _signaler.Proxy.CutForGood();

    public override void MakeServerUnreachable() => _signaler.Proxy.Interrupt();

    public override void Disconnect() => _plug.IsOut = true;

    public override void Reconnect() => _plug.IsOut = false;

    public ValueTask DisposeAsync() => _signaler.DisposeAsync();
}
