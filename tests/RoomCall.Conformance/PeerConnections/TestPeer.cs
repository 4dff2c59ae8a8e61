using System.Threading.Channels;
using RoomCall.DataChannels;
using RoomCall.Media;
using RoomCall.PeerConnections;

namespace RoomCall.Conformance;

/// <summary>One side of a call under test: a peer connection, and an observer that keeps what it is told.</summary>
public sealed class TestPeer : IPeerConnectionObserver, IAsyncDisposable
{
    private readonly Channel<IceCandidate> _candidates = Channel.CreateUnbounded<IceCandidate>();
    private readonly SemaphoreSlim _turn = new(1);
    private int _inside;
    private bool _isDisposed;

    private TestPeer()
    {
    }

    public IPeerConnection Connection { get; private set; } = null!;

    public EventLog<PeerConnectionState> States { get; } = new();

    public EventLog<IceCandidate> Candidates { get; } = new();

    public EventLog<bool> Gathered { get; } = new();

    public EventLog<IDataChannelTransport> Channels { get; } = new();

    public EventLog<IMediaStream> Streams { get; } = new();

    public EventLog<IMediaStream> RemovedStreams { get; } = new();

    /// <summary>Whether two calls of the observer overlapped.</summary>
    public bool Overlapped { get; private set; }

    /// <summary>Whether the observer was called after dispose had returned.</summary>
    public bool CalledAfterDispose { get; private set; }

    public static async Task<TestPeer> CreateAsync(IPeerConnectionFactory factory, PeerConnectionConfiguration? configuration = null)
    {
        TestPeer peer = new();
        peer.Connection = await factory.CreateAsync(configuration ?? new(), peer, CancellationToken.None);
        return peer;
    }

    public Task When(PeerConnectionState state) => States.FirstAsync(told => told == state);

    /// <summary>Makes and applies a local description.</summary>
    public Task<SessionDescription> OfferAsync(OfferOptions options = default) => InTurnAsync(async connection =>
    {
        SessionDescription offer = await connection.CreateOfferAsync(options, CancellationToken.None);
        await connection.SetLocalDescriptionAsync(offer, CancellationToken.None);
        return offer;
    });

    /// <summary>Applies an offer, and makes and applies the answer to it.</summary>
    public Task<SessionDescription> AnswerAsync(SessionDescription offer) => InTurnAsync(async connection =>
    {
        await connection.SetRemoteDescriptionAsync(offer, CancellationToken.None);
        SessionDescription answer = await connection.CreateAnswerAsync(CancellationToken.None);
        await connection.SetLocalDescriptionAsync(answer, CancellationToken.None);
        return answer;
    });

    public Task AcceptAsync(SessionDescription answer) => InTurnAsync(async connection =>
    {
        await connection.SetRemoteDescriptionAsync(answer, CancellationToken.None);
        return true;
    });

    public Task AddAsync(IceCandidate candidate) => InTurnAsync(async connection =>
    {
        await connection.AddIceCandidateAsync(candidate, CancellationToken.None);
        return true;
    });

    /// <summary>Hands every candidate of this side, past and to come, to the other.</summary>
    public void TrickleTo(TestPeer other) => _ = Task.Run(async () =>
    {
        await foreach (IceCandidate candidate in _candidates.Reader.ReadAllAsync())
        {
            try
            {
                await other.AddAsync(candidate);
            }
            catch (Exception e) when (e is InvalidOperationException)
            {
                // Of an older generation, or the other side is disposed.
            }
        }
    });

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        _isDisposed = true;
        _candidates.Writer.TryComplete();
    }

    public void OnIceCandidate(IceCandidate candidate)
    {
        Enter();
        Candidates.Add(candidate);
        _candidates.Writer.TryWrite(candidate);
        Leave();
    }

    public void OnIceGatheringComplete()
    {
        Enter();
        Gathered.Add(true);
        Leave();
    }

    public void OnConnectionStateChanged(PeerConnectionState state)
    {
        Enter();
        States.Add(state);
        Leave();
    }

    public void OnDataChannel(IDataChannelTransport channel)
    {
        Enter();
        Channels.Add(channel);
        Leave();
    }

    public void OnStreamAdded(IMediaStream stream)
    {
        Enter();
        Streams.Add(stream);
        Leave();
    }

    public void OnStreamRemoved(IMediaStream stream)
    {
        Enter();
        RemovedStreams.Add(stream);
        Leave();
    }

    private void Enter()
    {
        CalledAfterDispose |= _isDisposed;
        Overlapped |= Interlocked.Increment(ref _inside) != 1;
    }

    private void Leave() => Interlocked.Decrement(ref _inside);

    /// <summary>One operation at a time, as the contract asks of an owner.</summary>
    private async Task<TResult> InTurnAsync<TResult>(Func<IPeerConnection, Task<TResult>> operation)
    {
        await _turn.WaitAsync();
        try
        {
            return await operation(Connection);
        }
        finally
        {
            _turn.Release();
        }
    }
}
