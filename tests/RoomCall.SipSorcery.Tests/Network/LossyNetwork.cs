using System.Collections.Concurrent;

namespace RoomCall.SipSorcery.Tests;

/// <summary>Loopback, on which each candidate stands behind a relay, so that a side can be cut off.</summary>
internal sealed class LossyNetwork : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, NetworkPlug> _plugs = new();
    private readonly ConcurrentBag<UdpRelay> _relays = [];

    /// <summary>Puts a relay before a port of a side.</summary>
    /// <returns>The port to tell to others.</returns>
    public int Relay(int port, NetworkPlug plug)
    {
        _plugs[port] = plug;
        UdpRelay relay = new(this, port, plug);
        _relays.Add(relay);
        return relay.Port;
    }

    /// <summary>Takes note whose port it is.</summary>
    public void Own(int port, NetworkPlug plug) => _plugs[port] = plug;

    /// <summary>Whether what comes from this port is lost.</summary>
    public bool IsCut(int port) => _plugs.TryGetValue(port, out NetworkPlug? plug) && plug.IsOut;

    public async ValueTask DisposeAsync()
    {
        foreach (UdpRelay relay in _relays)
            await relay.DisposeAsync();
    }
}
