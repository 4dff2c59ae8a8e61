using RoomCall.DataChannels;
using RoomCall.InMemory;
using RoomCall.Media;
using RoomCall.PeerConnections;

namespace RoomCall.Benchmarks;

/// <summary>What a library-less program does to bring two peer connections up, where nothing ever goes wrong.</summary>
internal sealed class HandMadeCall(IPeerConnection offerer, IPeerConnection answerer) : IAsyncDisposable
{
    public static async Task<HandMadeCall> BringUpAsync(InMemoryPeerConnectionFactory engine)
    {
        Side a = new(), b = new();
        IPeerConnection offerer = await engine.CreateAsync(new PeerConnectionConfiguration(), a, CancellationToken.None);
        IPeerConnection answerer = await engine.CreateAsync(new PeerConnectionConfiguration(), b, CancellationToken.None);
        offerer.CreateDataChannel("sendDataChannel", DataChannelOptions.Reliable).Attach(a);

        SessionDescription offer = await offerer.CreateOfferAsync(default, CancellationToken.None);
        await offerer.SetLocalDescriptionAsync(offer, CancellationToken.None);
        await answerer.SetRemoteDescriptionAsync(offer, CancellationToken.None);
        SessionDescription answer = await answerer.CreateAnswerAsync(CancellationToken.None);
        await answerer.SetLocalDescriptionAsync(answer, CancellationToken.None);
        await offerer.SetRemoteDescriptionAsync(answer, CancellationToken.None);
        await Task.WhenAll(a.Gathered.Task, b.Gathered.Task);
        foreach (IceCandidate candidate in a.Candidates)
        {
            await answerer.AddIceCandidateAsync(candidate, CancellationToken.None);
        }

        foreach (IceCandidate candidate in b.Candidates)
        {
            await offerer.AddIceCandidateAsync(candidate, CancellationToken.None);
        }

        await Task.WhenAll(a.Opened.Task, b.Opened.Task);
        return new HandMadeCall(offerer, answerer);
    }

    public async ValueTask DisposeAsync()
    {
        await offerer.DisposeAsync();
        await answerer.DisposeAsync();
    }

    private sealed class Side : IPeerConnectionObserver, IDataChannelTransportObserver
    {
        public List<IceCandidate> Candidates { get; } = [];

        public TaskCompletionSource Gathered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnIceCandidate(IceCandidate candidate) => Candidates.Add(candidate);

        public void OnIceGatheringComplete() => Gathered.TrySetResult();

        public void OnConnectionStateChanged(PeerConnectionState state)
        {
        }

        public void OnDataChannel(IDataChannelTransport channel)
        {
            channel.Attach(this);
            Opened.TrySetResult();
        }

        public void OnStreamAdded(IMediaStream stream)
        {
        }

        public void OnStreamRemoved(IMediaStream stream)
        {
        }

        public void OnOpen() => Opened.TrySetResult();

        public ValueTask OnMessageAsync(DataMessage message) => default;

        public void OnBufferedAmountLow()
        {
        }

        public void OnClosing()
        {
        }

        public void OnClosed(Exception? error)
        {
        }
    }
}
