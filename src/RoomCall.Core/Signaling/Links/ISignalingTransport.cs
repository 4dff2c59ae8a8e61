namespace RoomCall.Signaling.Links;

/// <summary>A way to reach one signaling server: makes the links that a <see cref="ResumingSignaler"/> speaks the protocol over. Safe for
/// concurrent use.</summary>
public interface ISignalingTransport
{
    /// <summary>Makes a connection to the server. It gives up by itself where the server does not answer.</summary>
    /// <param name="cancellationToken">Ends the attempt; nothing stays behind then.</param>
    /// <returns>The link, up; the caller disposes it.</returns>
    /// <exception cref="RoomCallException">The server could not be reached or refused the connection
    /// (<see cref="RoomCallErrorCode.SignalingUnavailable"/>); the message says what to do.</exception>
    ValueTask<ISignalingLink> ConnectAsync(CancellationToken cancellationToken);
}
