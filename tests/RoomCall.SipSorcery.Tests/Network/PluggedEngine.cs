using RoomCall.DataChannels;
using RoomCall.Media;
using RoomCall.PeerConnections;

namespace RoomCall.SipSorcery.Tests;

/// <summary>The engine of one side, whose candidates stand behind relays.</summary>
internal sealed class PluggedEngine(IPeerConnectionFactory inner, LossyNetwork network, NetworkPlug plug) : IPeerConnectionFactory
{
    private int _open;

    public EngineCapabilities Capabilities => inner.Capabilities;

    /// <summary>How many connections are not disposed.</summary>
    public int OpenConnections => Volatile.Read(ref _open);

    public async ValueTask<IPeerConnection> CreateAsync(
        PeerConnectionConfiguration configuration, IPeerConnectionObserver observer, CancellationToken cancellationToken)
    {
        IPeerConnection connection = await inner.CreateAsync(configuration, new Observer(observer, network, plug), cancellationToken);
        Interlocked.Increment(ref _open);
        return new Counted(this, connection);
    }

    private sealed class Observer(IPeerConnectionObserver inner, LossyNetwork network, NetworkPlug plug) : IPeerConnectionObserver
    {
        public void OnIceCandidate(IceCandidate candidate)
        {
            string[] fields = candidate.Candidate.Split(' ');
            fields[5] = $"{network.Relay(int.Parse(fields[5], System.Globalization.CultureInfo.InvariantCulture), plug)}";
            inner.OnIceCandidate(candidate with { Candidate = string.Join(' ', fields) });
        }

        public void OnIceGatheringComplete() => inner.OnIceGatheringComplete();

        public void OnConnectionStateChanged(PeerConnectionState state) => inner.OnConnectionStateChanged(state);

        public void OnDataChannel(IDataChannelTransport channel) => inner.OnDataChannel(channel);

        public void OnStreamAdded(IMediaStream stream) => inner.OnStreamAdded(stream);

        public void OnStreamRemoved(IMediaStream stream) => inner.OnStreamRemoved(stream);
    }

    private sealed class Counted(PluggedEngine engine, IPeerConnection inner) : IPeerConnection
    {
        private int _isDisposed;

        public void AddStream(IMediaStream stream) => inner.AddStream(stream);

        public IDataChannelTransport CreateDataChannel(string label, DataChannelOptions options) => inner.CreateDataChannel(label, options);

        public ValueTask<SessionDescription> CreateOfferAsync(OfferOptions options, CancellationToken cancellationToken) =>
            inner.CreateOfferAsync(options, cancellationToken);

        public ValueTask<SessionDescription> CreateAnswerAsync(CancellationToken cancellationToken) => inner.CreateAnswerAsync(cancellationToken);

        public ValueTask SetLocalDescriptionAsync(SessionDescription description, CancellationToken cancellationToken) =>
            inner.SetLocalDescriptionAsync(description, cancellationToken);

        public ValueTask SetRemoteDescriptionAsync(SessionDescription description, CancellationToken cancellationToken) =>
            inner.SetRemoteDescriptionAsync(description, cancellationToken);

        public ValueTask AddIceCandidateAsync(IceCandidate candidate, CancellationToken cancellationToken) =>
            inner.AddIceCandidateAsync(candidate, cancellationToken);

        public ValueTask<PeerConnectionStatistics> GetStatisticsAsync(CancellationToken cancellationToken) =>
            inner.GetStatisticsAsync(cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
                Interlocked.Decrement(ref engine._open);
        }
    }
}
