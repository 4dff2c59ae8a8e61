using Microsoft.Extensions.Time.Testing;
using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.SipSorcery.Tests;

/// <summary>Whole calls of real connections, over a real server. The sessions' time-outs run on a clock that is never behind the real one, and
/// ten times as fast where a test lets time pass: the engine has a clock of its own.</summary>
internal sealed class SipSorceryCallWorld : CallWorld
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly LossyNetwork _lossy = new();
    private readonly WebSocketNetwork _signaling;
    private readonly SignalingApp _app;
    private readonly ITimer _ticks;
    private readonly List<SipSorceryCallSide> _sides = [];

    private SipSorceryCallWorld(WebSocketNetwork signaling, SignalingApp app)
    {
        (_signaling, _app) = (signaling, app);
        _ticks = TimeProvider.System.CreateTimer(_ => _time.Advance(Tick), null, Tick, Tick);
    }

    public override TimeProvider Time => _time;

    public static async ValueTask<CallWorld> StartAsync()
    {
        WebSocketNetwork signaling = new();
        return new SipSorceryCallWorld(signaling, await signaling.StartAsync());
    }

    /// <summary>None of its sides can restart ICE or show the closing of a channel.</summary>
    public override CallSide CreateSide(bool canRestartIce = true, bool isUnreachable = false, bool canCloseChannels = true)
    {
        SipSorceryCallSide side = new(_time, _signaling.CreateSignaler(_app.Port), _lossy);
        if (isUnreachable)
            side.Disconnect();
        lock (_sides)
        {
            _sides.Add(side);
        }

        return side;
    }

    public override async ValueTask PassAsync(TimeSpan time)
    {
        await Task.Delay(time / 10, TimeProvider.System);
        _time.Advance(time);
    }

    public override void AssertEmpty() => Assert.That(_sides.Sum(static side => side.OpenConnections), Is.Zero);

    public override async ValueTask DisposeAsync()
    {
        await _ticks.DisposeAsync();
        await _app.WhenEmptyAsync();
        foreach (SipSorceryCallSide side in _sides)
            await side.DisposeAsync();
        await _lossy.DisposeAsync();
        await _app.DisposeAsync();
    }
}
