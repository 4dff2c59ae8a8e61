using System.Text;
using Microsoft.Extensions.Logging;
using RoomCall.DataChannels;
using RoomCall.Media;
using RoomCall.PeerConnections;
using SIPSorcery.Net;
using SIPSorcery.Sys;

namespace RoomCall.SipSorcery;

/// <summary>
/// A peer connection of SIPSorcery, behind the seam's contract. Its own signaling state says little (it begins as closed), so this keeps one;
/// its operations are synchronous and may wait for the network, so they run on the pool; its threads must not meet an exception, so what it tells
/// goes over an <see cref="EventLine"/>.
/// </summary>
internal sealed class SipSorceryPeerConnection : IPeerConnection
{
    private static readonly RTCOfferOptions OfferWithoutCandidates = new() { X_ExcludeIceCandidates = true };
    private static readonly RTCAnswerOptions AnswerWithoutCandidates = new() { X_ExcludeIceCandidates = true };

    private readonly IPeerConnectionObserver _observer;
    private readonly EventLine _line;
    private readonly RTCPeerConnection _peer;
    private readonly ConnectionMedia _media;
    private readonly ConnectionChannels _channels;
    private readonly LocalCandidates _candidates;
    private readonly RemoteCandidates _remoteCandidates;
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SignalingState _signaling = SignalingState.Stable;
    private PeerConnectionState _state = PeerConnectionState.New;
    private SDP? _remote;
    private int _isDisposed;

    public SipSorceryPeerConnection(
        SipSorceryOptions options, PortRange? ports, PeerConnectionConfiguration configuration, IPeerConnectionObserver observer, ILogger logger)
    {
        _observer = observer;
        _line = new EventLine(logger);
        _peer = new RTCPeerConnection(EngineConfiguration.Of(options, configuration), bindPort: 0, ports);
        _media = new ConnectionMedia(_peer, options, logger);
        _channels = new ConnectionChannels(_peer, _line, observer, OnChannelsLost, logger);
        _candidates = new LocalCandidates(_peer, _line, observer);
        _remoteCandidates = new RemoteCandidates(_peer);
        _peer.oniceconnectionstatechange += OnIceStateChanged;
        _peer.onconnectionstatechange += OnStateChanged;
    }

    public void AddStream(IMediaStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ThrowIfDisposed();
        if (stream is not LocalStream local)
            throw new ArgumentException("The stream belongs to another engine: open it with a SipSorceryMediaSource.", nameof(stream));

        _media.Add(local);
    }

    public IDataChannelTransport CreateDataChannel(string label, DataChannelOptions options)
    {
        ArgumentNullException.ThrowIfNull(label);
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfDisposed();
        if (!options.Ordered || !options.IsReliable)
        {
            throw new NotSupportedException(
                "SIPSorcery's data channels are ordered and reliable, whatever is asked: ask for DataChannelOptions.Reliable.");
        }

        if (Encoding.UTF8.GetByteCount(label) > ushort.MaxValue || Encoding.UTF8.GetByteCount(options.Protocol) > ushort.MaxValue)
            throw new ArgumentException("A data channel's label and protocol have at most 65,535 bytes each (RFC 8832, section 5.1).", nameof(label));

        return _channels.Create(label, options);
    }

    public async ValueTask<SessionDescription> CreateOfferAsync(OfferOptions options, CancellationToken cancellationToken)
    {
        Begin(cancellationToken);
        if (options.IceRestart)
            throw new NotSupportedException("SIPSorcery cannot restart ICE: replace the connection.");

        Require(_signaling is SignalingState.Stable or SignalingState.HaveLocalOffer, "An offer is made");
        return await RunAsync(
            () =>
            {
                _media.AskForWhatIsMissing();
                return new SessionDescription(SdpType.Offer, _media.Complete(_peer.createOffer(OfferWithoutCandidates).sdp, remoteOffer: null));
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<SessionDescription> CreateAnswerAsync(CancellationToken cancellationToken)
    {
        Begin(cancellationToken);
        Require(_signaling is SignalingState.HaveRemoteOffer, "An answer is made");
        return await RunAsync(
            () => new SessionDescription(SdpType.Answer, _media.Complete(_peer.createAnswer(AnswerWithoutCandidates).sdp, _remote)),
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask SetLocalDescriptionAsync(SessionDescription description, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(description);
        Begin(cancellationToken);
        bool isOffer = description.Type == SdpType.Offer;
        Require(
            isOffer ? _signaling is SignalingState.Stable or SignalingState.HaveLocalOffer : _signaling is SignalingState.HaveRemoteOffer,
            isOffer ? "A local offer is applied" : "A local answer is applied");
        string mid = LocalSdp.FirstMid(description.Sdp);
        await RunAsync(
            async () =>
            {
                await _peer.setLocalDescription(Init(description)).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        _signaling = isOffer ? SignalingState.HaveLocalOffer : SignalingState.Stable;
        _candidates.Begin(mid);
    }

    public async ValueTask SetRemoteDescriptionAsync(SessionDescription description, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(description);
        Begin(cancellationToken);
        bool isOffer = description.Type == SdpType.Offer;
        Require(
            isOffer ? _signaling is SignalingState.Stable or SignalingState.HaveRemoteOffer : _signaling is SignalingState.HaveLocalOffer,
            isOffer ? "A remote offer is applied" : "A remote answer is applied");
        SDP remote = RemoteSdp.Read(description.Sdp);
        (string sdp, IReadOnlyList<string> candidates) = RemoteSdp.WithoutCandidates(description.Sdp);
        if (isOffer)
            _media.PrepareFor(remote); // before the offer is applied, or the answer would refuse the media

        SetDescriptionResultEnum result = await RunAsync(
            () => _peer.setRemoteDescription(Init(description with { Sdp = sdp })), cancellationToken).ConfigureAwait(false);
        if (result != SetDescriptionResultEnum.OK)
            throw new NotSupportedException($"SIPSorcery cannot take up what the remote peer describes: {result}.");

        _media.PutInOrder(description.Sdp);
        _remote = remote;
        _signaling = isOffer ? SignalingState.HaveRemoteOffer : SignalingState.Stable;
        _channels.SetMaxMessageSize(RemoteSdp.MaxMessageSize(remote));
        foreach (IMediaStream stream in _media.TakeUp(remote))
            _line.Tell(() => _observer.OnStreamAdded(stream));
        foreach (string candidate in candidates)
            _remoteCandidates.Add(new IceCandidate(candidate, remote.Media.Find(static section => section.Port != 0)?.MediaID), remote);
    }

    public ValueTask AddIceCandidateAsync(IceCandidate candidate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        Begin(cancellationToken);
        Require(_remote is not null, "A remote candidate is added", "behind the remote description");
        if (!candidate.IsEndOfCandidates)
            _remoteCandidates.Add(candidate, _remote!);
        return default;
    }

    public ValueTask<PeerConnectionStatistics> GetStatisticsAsync(CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        return new(_channels.Statistics);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            try
            {
                await Task.Run(CloseAsync).ConfigureAwait(false);
            }
            finally
            {
                _disposed.SetResult();
            }
        }

        await _disposed.Task.ConfigureAwait(false);
    }

    private async Task CloseAsync()
    {
        _peer.oniceconnectionstatechange -= OnIceStateChanged;
        _peer.onconnectionstatechange -= OnStateChanged;
        _candidates.End();
        _media.Silence();
        _channels.Abort(new ObjectDisposedException(nameof(IPeerConnection), "The peer connection was closed."));
        PeerClosing.Close(_peer);
        await _line.CloseAsync().ConfigureAwait(false);

        // Last: what a user's source or listener does must not keep the connection.
        await _media.StopAsync().ConfigureAwait(false);
    }

    private void OnIceStateChanged(RTCIceConnectionState state)
    {
        if (state == RTCIceConnectionState.checking)
            Tell(PeerConnectionState.Connecting);
    }

    private void OnStateChanged(RTCPeerConnectionState state)
    {
        switch (state)
        {
            case RTCPeerConnectionState.connecting:
                Tell(PeerConnectionState.Connecting);
                break;
            case RTCPeerConnectionState.connected:
                Tell(PeerConnectionState.Connected);
                _media.Start();
                break;
            case RTCPeerConnectionState.disconnected:
                Tell(PeerConnectionState.Disconnected);
                break;
            case RTCPeerConnectionState.failed:
                Tell(PeerConnectionState.Failed);
                _channels.Abort(new IOException("The peer connection has failed."));
                break;
            case RTCPeerConnectionState.closed:
                // By the other side, since whoever disposes has stopped listening: its bye is most often on its way, and what it leaves without
                // is repaired a while later. Before the connection is up it is a fault.
                _line.Tell(() => Change(_state == PeerConnectionState.Connected ? PeerConnectionState.Disconnected : PeerConnectionState.Failed));
                _channels.AbortSoon(new IOException("The remote peer has closed the peer connection."));
                break;
            default:
                break;
        }
    }

    // The transport of the data channels has ended by itself: by the other side, or because it could not be made, of which SIPSorcery tells nobody.
    private void OnChannelsLost(bool wereUp) => Tell(wereUp ? PeerConnectionState.Disconnected : PeerConnectionState.Failed);

    private void Tell(PeerConnectionState state) => _line.Tell(() => Change(state));

    private void Change(PeerConnectionState state)
    {
        // It tells some twice, and that ICE checks when it has failed already.
        if (_state == state || _state == PeerConnectionState.Failed || (state == PeerConnectionState.Connecting && _state != PeerConnectionState.New))
            return;

        _state = state;
        _observer.OnConnectionStateChanged(state);
    }

    private void Begin(CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);

    private void Require(bool isAllowed, string operation, string? when = null)
    {
        if (!isAllowed)
            throw new InvalidOperationException($"{operation} {when ?? $"in another signaling state than {_signaling}"}.");
    }

    private static RTCSessionDescriptionInit Init(SessionDescription description) => new()
    {
        type = description.Type == SdpType.Offer ? RTCSdpType.offer : RTCSdpType.answer,
        sdp = description.Sdp,
    };

    private static Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Run(work, cancellationToken).WaitAsync(cancellationToken);

    private static Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) =>
        Task.Run(work, cancellationToken).WaitAsync(cancellationToken);
}
