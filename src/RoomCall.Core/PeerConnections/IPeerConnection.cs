using RoomCall.DataChannels;
using RoomCall.Media;

namespace RoomCall.PeerConnections;

/// <summary>
/// One WebRTC peer connection of an engine: the seam between the call flow and the engine.
/// Source: W3C WebRTC, RTCPeerConnection; RFC 9429 (JSEP).
/// </summary>
/// <remarks>
/// What an implementation may count on, and what it must keep:
/// <list type="number">
/// <item>One owner calls it, one operation at a time, and awaits each before the next;
/// <see cref="IAsyncDisposable.DisposeAsync"/> may come at any moment, also while an operation is under way, and twice.</item>
/// <item>An operation that the signaling state does not allow throws <see cref="InvalidOperationException"/>;
/// a description or a candidate that cannot be read throws <see cref="FormatException"/>. Nothing has changed then. What an exception
/// says quotes no SDP, address or credential: it is logged.</item>
/// <item>A token that is cancelled ends the wait; the connection may be used no more but to dispose it.</item>
/// <item>What happens by itself is told to the <see cref="IPeerConnectionObserver"/>. It never blocks and never throws,
/// and it may be called inside an operation.</item>
/// <item>After dispose has returned, the observer is called no more, and every channel has closed.</item>
/// </list>
/// </remarks>
public interface IPeerConnection : IAsyncDisposable
{
    /// <summary>Adds all tracks of a local stream; before the first description is made (book row S17).</summary>
    /// <param name="stream">A stream that a media source of the same engine opened.</param>
    /// <exception cref="ArgumentException">The stream belongs to another engine.</exception>
    void AddStream(IMediaStream stream);

    /// <summary>Creates a data channel; it opens when the connection does (book row S18).</summary>
    /// <param name="label">The channel's label; at most 65,535 bytes of UTF-8.</param>
    /// <param name="options">Order, reliability and sub-protocol.</param>
    /// <returns>The channel, connecting.</returns>
    /// <exception cref="NotSupportedException">The engine cannot do what the options ask.</exception>
    IDataChannelTransport CreateDataChannel(string label, DataChannelOptions options);

    /// <summary>Makes an offer.</summary>
    /// <param name="options">Whether ICE restarts.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The offer, not yet applied.</returns>
    ValueTask<SessionDescription> CreateOfferAsync(OfferOptions options, CancellationToken cancellationToken);

    /// <summary>Makes the answer to the remote offer that was applied.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer, not yet applied.</returns>
    ValueTask<SessionDescription> CreateAnswerAsync(CancellationToken cancellationToken);

    /// <summary>Applies a local description; gathering of candidates begins.</summary>
    /// <param name="description">What <see cref="CreateOfferAsync"/> or <see cref="CreateAnswerAsync"/> returned.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the description is applied.</returns>
    ValueTask SetLocalDescriptionAsync(SessionDescription description, CancellationToken cancellationToken);

    /// <summary>Applies the description that the remote peer sent.</summary>
    /// <param name="description">The remote offer or answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the description is applied.</returns>
    ValueTask SetRemoteDescriptionAsync(SessionDescription description, CancellationToken cancellationToken);

    /// <summary>Adds a candidate of the remote peer, or its end of candidates (an empty candidate).</summary>
    /// <param name="candidate">The candidate; the remote description is applied already.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the candidate is taken.</returns>
    ValueTask AddIceCandidateAsync(IceCandidate candidate, CancellationToken cancellationToken);

    /// <summary>Reads the statistics so far. Safe to call from any thread.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The statistics; empty where the engine has none.</returns>
    ValueTask<PeerConnectionStatistics> GetStatisticsAsync(CancellationToken cancellationToken);
}
