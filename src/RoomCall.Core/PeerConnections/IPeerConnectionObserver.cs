using RoomCall.DataChannels;
using RoomCall.Media;

namespace RoomCall.PeerConnections;

/// <summary>
/// What a peer connection tells its owner. Each method may be called on any thread; it only posts, never blocks and never throws.
/// The calls of one connection do not overlap, and come in the order of what happened.
/// </summary>
public interface IPeerConnectionObserver
{
    /// <summary>A local candidate was found (book row S19).</summary>
    /// <param name="candidate">The candidate, never the end of candidates.</param>
    void OnIceCandidate(IceCandidate candidate);

    /// <summary>Gathering has ended: no more local candidates come (book row S16).</summary>
    void OnIceGatheringComplete();

    /// <summary>The state of the connection has changed.</summary>
    /// <param name="state">The new state.</param>
    void OnConnectionStateChanged(PeerConnectionState state);

    /// <summary>The remote peer opened a data channel. Its events wait until an observer is attached.</summary>
    /// <param name="channel">The channel, open.</param>
    void OnDataChannel(IDataChannelTransport channel);

    /// <summary>The remote peer added a media stream (book row S21).</summary>
    /// <param name="stream">The stream.</param>
    void OnStreamAdded(IMediaStream stream);

    /// <summary>The remote peer removed a media stream (book row S21).</summary>
    /// <param name="stream">The stream.</param>
    void OnStreamRemoved(IMediaStream stream);
}
