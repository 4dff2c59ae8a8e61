using System.Collections.Concurrent;
using RoomCall.Conformance;
using RoomCall.Signaling;

namespace RoomCall.NetworkConformance;

/// <summary>The real server on real sockets, each client behind a network of its own.</summary>
public sealed class NetworkSignalingHost : SignalingHost
{
    private readonly Network _network;
    private readonly SignalingApp _app;
    private readonly ConcurrentBag<ProxiedSignaler> _signalers = [];

    private NetworkSignalingHost(Network network, SignalingApp app) => (_network, _app) = (network, app);

    // A connection takes milliseconds here, and microseconds in memory.
    public override int Rounds => 50;

    // What the client reads ahead, what the server keeps, and what the server is not told at once.
    public override int MessagesUntilTooSlow => 3000;

    public override bool CanInterrupt => true;

    public override bool CarriesAnyBytes => false;

    /// <summary>Starts it.</summary>
    /// <param name="network">How the clients reach it.</param>
    public static async ValueTask<SignalingHost> StartAsync(Network network) => new NetworkSignalingHost(network, await network.StartAsync());

    public override IRoomSignaler CreateSignaler()
    {
        ProxiedSignaler signaler = _network.CreateSignaler(_app.Port);
        _signalers.Add(signaler);
        return signaler;
    }

    public override IRoomSignaler CreateUnreachableSignaler()
    {
        ProxiedSignaler signaler = (ProxiedSignaler)CreateSignaler();
        signaler.Proxy.Interrupt();
        return signaler;
    }

    public override ValueTask CutAsync(IRoomSignaler signaler)
    {
        ((ProxiedSignaler)signaler).Proxy.CutForGood();
        return default;
    }

    public override ValueTask InterruptAsync(IRoomSignaler signaler)
    {
        ((ProxiedSignaler)signaler).Proxy.Interrupt();
        return default;
    }

    public override ValueTask ResumeAsync(IRoomSignaler signaler)
    {
        ((ProxiedSignaler)signaler).Proxy.Resume();
        return default;
    }

    /// <summary>Every test of every fixture ends with this: whatever happened, nothing stays behind.</summary>
    public override async ValueTask DisposeAsync()
    {
        await _app.WhenEmptyAsync();
        foreach (ProxiedSignaler signaler in _signalers)
        {
            await signaler.DisposeAsync();
        }

        await _app.DisposeAsync();
    }
}
