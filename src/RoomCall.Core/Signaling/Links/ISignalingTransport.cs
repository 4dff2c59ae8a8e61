namespace RoomCall.Signaling.Links;

/// <summary>A way to reach one signaling server: makes the links that a <see cref="ResumingSignaler"/> speaks the protocol over. Safe for
/// concurrent use.</summary>
public interface ISignalingTransport
{
    /// <summary>Makes a connection to the server. It gives up by itself where the server does not answer.</summary>
    /// <param name="firstFrame">The first frame that the signaler will say on the link. A transport that can takes it along with its request, to
    /// save a round trip, and says so by <see cref="ISignalingLink.HasSentFirst"/>; any other leaves it alone. It does not change until the
    /// task has ended.</param>
    /// <param name="cancellationToken">Ends the attempt. Where the server may have been asked already, it is told that nobody comes.</param>
    /// <returns>The link, up; the caller disposes it.</returns>
    /// <exception cref="RoomCallException">The server could not be reached or refused the connection
    /// (<see cref="RoomCallErrorCode.SignalingUnavailable"/>); the message says what to do.</exception>
    ValueTask<ISignalingLink> ConnectAsync(ReadOnlyMemory<byte> firstFrame, CancellationToken cancellationToken);
}
