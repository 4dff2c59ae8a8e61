using RoomCall.DataChannels;
using RoomCall.Media;
using RoomCall.PeerConnections;
using RoomCall.Scheduling;

namespace RoomCall.InMemory;

/// <summary>
/// One peer connection of the in-memory engine. It behaves as WebRTC does where a call can see it, and can be cut off or made to vanish.
/// </summary>
/// <remarks>
/// <para>Local candidates are told once the local description is applied, at the earliest just before
/// <see cref="SetLocalDescriptionAsync"/> returns.</para>
/// <para>A remote offer that comes while a local offer is pending rolls the local one back (RFC 9429, section 4.1.10.2), where
/// <see cref="EngineCapabilities.Rollback"/> is true.</para>
/// <para>When the remote side is disposed, this side is told at once: channels close with an error, after what had arrived was
/// delivered; the connection is disconnected, and after <see cref="InMemoryNetworkOptions.FailedAfter"/> failed. When the network is lost
/// instead, the channels stay, also while the connection is failed: an ICE restart brings them on, with nothing lost on reliable ones.</para>
/// <para>A remote stream is told when a remote description that names it is applied, and removed when a later one does not name it; the end
/// of the connection removes none. All public members are safe for concurrent use.</para>
/// </remarks>
public sealed partial class InMemoryPeerConnection : IPeerConnection
{
    private readonly Lock _gate = new();
    private readonly IPeerConnectionObserver _observer;
    private readonly PacketSender _packets;
    private TaskCompletionSource? _disposed;
    private TaskCompletionSource? _disposing;
    private volatile bool _isDisconnected;
    private volatile bool _hasVanished;
    private volatile bool _isDisposed;

    /// <summary>What was sent and received; under the lock.</summary>
    internal Traffic Traffic;

    /// <summary>This connection's own stream of chance; under the lock.</summary>
    internal SeededRandom Random;

    internal InMemoryPeerConnection(
        InMemoryPeerConnectionFactory factory, PeerConnectionConfiguration configuration, IPeerConnectionObserver observer)
    {
        Factory = factory;
        Configuration = configuration;
        _observer = observer;
        Random = new(factory.Network.NextSeed());
        Inbox = new(this);
        _packets = new(this);
        Negotiation = new(this);
        Ice = new(this);
        Dtls = new(this);
        Association = new(this);
        Media = new(this);
        Number = Network.Add(this);
    }

    /// <summary>The factory that made the connection.</summary>
    public InMemoryPeerConnectionFactory Factory { get; }

    /// <summary>Where the connection stands.</summary>
    public PeerConnectionState State => _isDisposed ? PeerConnectionState.Closed : Ice.State;

    /// <summary>Where the exchange of descriptions stands.</summary>
    public SignalingState SignalingState => _isDisposed ? SignalingState.Closed : Negotiation.State;

    internal int Number { get; }

    internal InMemoryNetwork Network => Factory.Network;

    internal EngineCapabilities Capabilities => Factory.Capabilities;

    internal PeerConnectionConfiguration Configuration { get; }

    internal Inbox Inbox { get; }

    internal Negotiation Negotiation { get; }

    internal IceTransport Ice { get; }

    internal DtlsTransport Dtls { get; }

    internal SctpAssociation Association { get; }

    internal MediaLines Media { get; }

    internal PacketSender Packets => _packets;

    /// <summary>Whether observers are told nothing any more, because this side plays dead.</summary>
    internal bool IsSilent => _hasVanished && !_isDisposed;


    /// <summary>Whether packets flow between this side and its peer.</summary>
    internal bool IsPathUp => Ice.Peer is { } peer ? IsPathUpTo(peer) : !IsDown && !Network.IsDown;

    /// <summary>Whether what is sent to the peer now arrives, but for chance.</summary>
    internal bool CanSend => Dtls.IsDone && Ice.State == PeerConnectionState.Connected && IsPathUp;

    private bool IsDown => _isDisconnected || _hasVanished || _isDisposed || Factory.IsDown;

    /// <summary>Cuts this connection from the network: no packet reaches or leaves it. After
    /// <see cref="InMemoryNetworkOptions.DisconnectedAfter"/> both sides are disconnected, after
    /// <see cref="InMemoryNetworkOptions.FailedAfter"/> more they are failed.</summary>
    public void Disconnect() => SetDisconnected(true);

    /// <summary>Brings this connection back to the network. Unless it is failed already, it comes back by itself; a failed one needs an ICE
    /// restart.</summary>
    public void Reconnect() => SetDisconnected(false);

    /// <summary>Makes this side behave as a process that crashed: it sends and tells nothing any more, and cannot come back. The other side
    /// notices as it notices a lost network. Dispose it all the same.</summary>
    public void Vanish()
    {
        _hasVanished = true;
        Network.Remove(this, Ice.Addresses);
        OnPathMayHaveChanged();
        Trampoline.Run();
    }

    /// <inheritdoc/>
    public void AddStream(IMediaStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Factory.Faults.Meet(InMemoryOperation.AddStream);
        using (EnterAlive()) Media.Add(stream);
    }

    /// <inheritdoc/>
    public IDataChannelTransport CreateDataChannel(string label, DataChannelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Factory.Faults.Meet(InMemoryOperation.CreateDataChannel);
        if (!Capabilities.UnreliableDataChannels && (!options.Ordered || !options.IsReliable))
            throw new NotSupportedException("This engine has ordered, reliable channels only (EngineCapabilities.UnreliableDataChannels).");
        using (EnterAlive()) return Association.Create(label, options);
    }

    /// <inheritdoc/>
    public async ValueTask<SessionDescription> CreateOfferAsync(OfferOptions options, CancellationToken cancellationToken)
    {
        await BeginAsync(InMemoryOperation.CreateOffer, cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
        using (EnterAlive()) return Negotiation.CreateOffer(options);
    }

    /// <inheritdoc/>
    public async ValueTask<SessionDescription> CreateAnswerAsync(CancellationToken cancellationToken)
    {
        await BeginAsync(InMemoryOperation.CreateAnswer, cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
        using (EnterAlive()) return Negotiation.CreateAnswer();
    }

    /// <inheritdoc/>
    public async ValueTask SetLocalDescriptionAsync(SessionDescription description, CancellationToken cancellationToken)
    {
        await BeginAsync(InMemoryOperation.SetLocalDescription, cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
        using (EnterAlive())
        {
            Negotiation.SetLocal(description);
            if (Negotiation.Local is { HasTransport: true, Ice: { } ice }) Ice.Gather(ice);
            OnNegotiated();
        }
    }

    /// <inheritdoc/>
    public async ValueTask SetRemoteDescriptionAsync(SessionDescription description, CancellationToken cancellationToken)
    {
        await BeginAsync(InMemoryOperation.SetRemoteDescription, cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
        using (EnterAlive())
        {
            Negotiation.SetRemote(description);
            if (Negotiation.Remote!.Ice is { } ice) Ice.OnRemoteDescription(ice);
            Media.OnRemoteDescription(Negotiation.Remote);
            OnNegotiated();
        }
    }

    /// <inheritdoc/>
    public async ValueTask AddIceCandidateAsync(IceCandidate candidate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        await BeginAsync(InMemoryOperation.AddIceCandidate, cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
        using (EnterAlive())
        {
            if (RemoteCandidate.Read(candidate, Negotiation.Remote) is { } address) Ice.AddRemote(address);
        }
    }

    /// <inheritdoc/>
    public ValueTask<PeerConnectionStatistics> GetStatisticsAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<PeerConnectionStatistics>(cancellationToken);
        if (!Capabilities.Statistics) return new(new PeerConnectionStatistics());
        lock (_gate)
        {
            return new(Traffic.ToStatistics(Ice.RoundTripTime));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Task disposed;
        using (Enter())
        {
            if (_disposed is null)
            {
                _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
                if (Ice.Peer is { } peer) SendTo(peer, static (connection, from) => connection.OnPeerClosed((InMemoryPeerConnection)from!), this);
                _isDisposed = true;
                Negotiation.Close();
                Ice.Close();
                Media.Close();
                _packets.Close();
                Network.Remove(this, Ice.Addresses);
                _disposing?.TrySetResult();
                InMemoryDataChannel[] channels = Association.Abandon(
                    new ObjectDisposedException(nameof(InMemoryPeerConnection), "The peer connection was disposed before the channel was closed."));
                Inbox.Post(static (connection, abandoned) => connection.End((InMemoryDataChannel[])abandoned!), channels, WorkKind.End);
            }

            disposed = _disposed.Task;
        }

        return disposed.IsCompletedSuccessfully ? default : new(DeterministicContext.Follow(disposed));
    }
}
