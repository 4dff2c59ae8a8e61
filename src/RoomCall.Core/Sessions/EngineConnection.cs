using RoomCall.DataChannels;
using RoomCall.Media;
using RoomCall.PeerConnections;

namespace RoomCall;

/// <summary>One peer connection of a session under its number. What the engine tells becomes inputs that carry the number; here
/// nothing else happens, since it is said on the engine's threads.</summary>
internal sealed class EngineConnection(int number, Action<CallInput> post) : IPeerConnectionObserver, IDisposable
{
    private readonly CancellationTokenSource _closed = new();

    public int Number => number;

    /// <summary>Null before it was made, and where it could not be.</summary>
    public IPeerConnection? Peer { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>Ends the operation under way when the connection is closed.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <summary>Takes the connection that the engine has made, unless it is no longer wanted: then the caller disposes it.</summary>
    public bool TryKeep(IPeerConnection peer)
    {
        lock (_closed)
        {
            Peer = IsClosed ? null : peer;
            return Peer is not null;
        }
    }

    /// <summary>Does it unless the connection is closed, and before it is.</summary>
    public void WhileOpen(Action action)
    {
        lock (_closed)
        {
            if (!IsClosed)
            {
                action();
            }
        }
    }

    public void Close()
    {
        lock (_closed)
        {
            IsClosed = true;
        }

        _closed.Cancel(); // calls the engine, and so not under the lock
    }

    public void Dispose() => _closed.Dispose();

    public void OnIceCandidate(IceCandidate candidate) => post(new CallInput.CandidateFound(number, candidate));

    public void OnIceGatheringComplete() => post(new CallInput.Notice(number, new CallEvent.GatheringCompleted()));

    public void OnConnectionStateChanged(PeerConnectionState state) => post(new CallInput.ConnectionChanged(number, state));

    public void OnDataChannel(IDataChannelTransport channel) => post(new CallInput.DataChannelReceived(number, channel));

    public void OnStreamAdded(IMediaStream stream) => post(new CallInput.Notice(number, new CallEvent.RemoteStreamAdded(stream)));

    public void OnStreamRemoved(IMediaStream stream) => post(new CallInput.Notice(number, new CallEvent.RemoteStreamRemoved(stream)));
}
