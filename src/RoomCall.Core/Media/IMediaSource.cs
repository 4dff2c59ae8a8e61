namespace RoomCall.Media;

/// <summary>Where local media comes from: a camera, a microphone, a file. The counterpart of <c>getUserMedia</c> (book rows S1, S4).</summary>
public interface IMediaSource
{
    /// <summary>Asks for the media; may wait for a person's consent.</summary>
    /// <param name="cancellationToken">Cancelled when the session ends or <see cref="CallTimeouts.Media"/> has passed.</param>
    /// <returns>The stream; the session disposes it when it ends.</returns>
    /// <exception cref="MediaRefusedException">The user, or a policy, refused.</exception>
    ValueTask<IMediaStream> OpenAsync(CancellationToken cancellationToken);
}
