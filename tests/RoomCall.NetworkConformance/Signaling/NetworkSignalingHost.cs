using System.Collections.Concurrent;
using RoomCall.Conformance;
using RoomCall.Signaling;

namespace RoomCall.NetworkConformance;

/// <summary>The real server on real sockets, each client behind a network of its own.</summary>
public sealed class NetworkSignalingHost(SignalingApp app) : SignalingHost
{
    private readonly ConcurrentBag<ProxiedSignaler> _signalers = [];

    // A connection takes milliseconds here, and microseconds in memory.
    public override int Rounds => 50;

    // What the client reads ahead, what the server keeps, and what the server is not told at once.
    public override int MessagesUntilTooSlow => 3000;

    public override bool CanInterrupt => true;

    public override bool CarriesAnyBytes => false;

    public static async ValueTask<SignalingHost> StartAsync() => new NetworkSignalingHost(await SignalingApp.StartAsync());

    public override IRoomSignaler CreateSignaler()
    {
        ProxiedSignaler signaler = new(app.Port);
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
        await app.WhenEmptyAsync();
        foreach (ProxiedSignaler signaler in _signalers)
        {
            await signaler.DisposeAsync();
        }

        await app.DisposeAsync();
    }
}
