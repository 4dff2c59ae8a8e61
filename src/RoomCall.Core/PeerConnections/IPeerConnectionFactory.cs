namespace RoomCall.PeerConnections;

/// <summary>A WebRTC engine, seen as what makes peer connections. Safe for concurrent use.</summary>
public interface IPeerConnectionFactory
{
    /// <summary>What the engine can do; constant.</summary>
    EngineCapabilities Capabilities { get; }

    /// <summary>Makes a peer connection (book row S17).</summary>
    /// <param name="configuration">ICE servers and policy.</param>
    /// <param name="observer">Is told what happens by itself; may be called before this method has returned.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A connection in its initial state; the caller disposes it.</returns>
    ValueTask<IPeerConnection> CreateAsync(
        PeerConnectionConfiguration configuration,
        IPeerConnectionObserver observer,
        CancellationToken cancellationToken);
}
