namespace RoomCall.Media;

/// <summary>Thrown by an <see cref="IMediaSource"/> when the user or a policy refused the media (W3C: NotAllowedError).</summary>
public sealed class MediaRefusedException : Exception
{
    /// <summary>Makes the exception with a general message.</summary>
    public MediaRefusedException()
        : this("The use of local media was refused.")
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">What was refused, and by whom.</param>
    public MediaRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">What was refused, and by whom.</param>
    /// <param name="innerException">The engine's own exception.</param>
    public MediaRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
