using RoomCall.DataChannels;
using RoomCall.Media;
using RoomCall.PeerConnections;

namespace RoomCall.InMemory.Tests;

/// <summary>An engine whose connections are closed only when the test says so.</summary>
internal sealed class SlowToCloseEngine(IPeerConnectionFactory engine) : IPeerConnectionFactory
{
    public TaskCompletionSource Closing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EngineCapabilities Capabilities => engine.Capabilities;

    public async ValueTask<IPeerConnection> CreateAsync(
        PeerConnectionConfiguration configuration,
        IPeerConnectionObserver observer,
        CancellationToken cancellationToken) =>
        new Connection(await engine.CreateAsync(configuration, observer, cancellationToken), Closing.Task);

    private sealed class Connection(IPeerConnection peer, Task closing) : IPeerConnection
    {
        public void AddStream(IMediaStream stream) => peer.AddStream(stream);

        public IDataChannelTransport CreateDataChannel(string label, DataChannelOptions options) => peer.CreateDataChannel(label, options);

        public ValueTask<SessionDescription> CreateOfferAsync(OfferOptions options, CancellationToken cancellationToken) =>
            peer.CreateOfferAsync(options, cancellationToken);

        public ValueTask<SessionDescription> CreateAnswerAsync(CancellationToken cancellationToken) => peer.CreateAnswerAsync(cancellationToken);

        public ValueTask SetLocalDescriptionAsync(SessionDescription description, CancellationToken cancellationToken) =>
            peer.SetLocalDescriptionAsync(description, cancellationToken);

        public ValueTask SetRemoteDescriptionAsync(SessionDescription description, CancellationToken cancellationToken) =>
            peer.SetRemoteDescriptionAsync(description, cancellationToken);

        public ValueTask AddIceCandidateAsync(IceCandidate candidate, CancellationToken cancellationToken) =>
            peer.AddIceCandidateAsync(candidate, cancellationToken);

        public ValueTask<PeerConnectionStatistics> GetStatisticsAsync(CancellationToken cancellationToken) =>
            peer.GetStatisticsAsync(cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await closing;
            await peer.DisposeAsync();
        }
    }
}
