using RoomCall.Server;

namespace RoomCall.InMemory;

/// <summary>How an <see cref="InMemoryWorld"/> behaves.</summary>
public sealed record InMemoryWorldOptions
{
    /// <summary>The wire between the peer connections: latency, jitter, loss, seed. <value>Default: none of them.</value></summary>
    public InMemoryNetworkOptions Network { get; init; } = new();

    /// <summary>The signaling server's rooms: capacity and limits. <value>Default: rooms of two.</value></summary>
    public RoomBrokerOptions Rooms { get; init; } = new();

    /// <summary>The way to the signaling server. <value>Default: no latency.</value></summary>
    public InMemorySignalerOptions Signaling { get; init; } = new();
}
