using RoomCall.PeerConnections;
using RoomCall.Scheduling;

namespace RoomCall.InMemory;

/// <summary>
/// Makes peer connections that meet on an <see cref="InMemoryNetwork"/>. One factory may serve both sides of a call; one for each side
/// lets the sides differ, fail and lose their network apart from each other. Safe for concurrent use.
/// </summary>
public sealed class InMemoryPeerConnectionFactory : IPeerConnectionFactory
{
    private volatile bool _isDown;

    /// <summary>Makes a factory.</summary>
    /// <param name="network">The network that the connections are on.</param>
    /// <param name="options">What the engine can do; null: everything.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public InMemoryPeerConnectionFactory(InMemoryNetwork network, InMemoryPeerConnectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        Network = network;
        Options = (options ?? new()).Validated();
    }

    /// <summary>The network that the connections are on.</summary>
    public InMemoryNetwork Network { get; }

    /// <summary>What the engine can do.</summary>
    public InMemoryPeerConnectionOptions Options { get; }

    /// <summary>Makes the next operations fail, hang or take time.</summary>
    public InMemoryFaults Faults { get; } = new();

    /// <inheritdoc/>
    public EngineCapabilities Capabilities => Options.Capabilities;

    /// <summary>Whether the connections of this factory are cut from the network.</summary>
    internal bool IsDown => _isDown || Options.IsUnreachable;

    /// <summary>Pulls the plug of this factory's connections, those to come included: no packet reaches or leaves them. Both sides are
    /// disconnected and later failed, as <see cref="InMemoryNetwork.Disconnect"/> says.</summary>
    public void Disconnect() => SetDown(true);

    /// <summary>Puts the plug back.</summary>
    public void Reconnect() => SetDown(false);

    /// <inheritdoc/>
    public async ValueTask<IPeerConnection> CreateAsync(
        PeerConnectionConfiguration configuration,
        IPeerConnectionObserver observer,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(observer);
        cancellationToken.ThrowIfCancellationRequested();
        await Faults.MeetAsync(InMemoryOperation.Create, Network.Time, null, cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
        return new InMemoryPeerConnection(this, configuration, observer);
    }

    private void SetDown(bool isDown)
    {
        _isDown = isDown;
        foreach (InMemoryPeerConnection connection in Network.Connections)
            if (connection.Factory == this)
                connection.OnPathMayHaveChanged();
        Trampoline.Run();
    }
}
