namespace RoomCall;

/// <summary>The exception of this library. <see cref="Code"/> is for programs, the message says to people what to do.</summary>
public sealed class RoomCallException : Exception
{
    /// <summary>Makes an exception with a code.</summary>
    /// <param name="code">What went wrong.</param>
    /// <param name="message">What went wrong and what to do.</param>
    /// <param name="innerException">The cause, or null.</param>
    public RoomCallException(RoomCallErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>Makes the exception for a wait that the end of the session cut short.</summary>
    /// <param name="endReason">Why the session ended.</param>
    /// <param name="innerException">The cause, or null.</param>
    public RoomCallException(CallEndReason endReason, Exception? innerException = null)
        : base((endReason ?? throw new ArgumentNullException(nameof(endReason))).Detail, innerException)
    {
        Code = RoomCallErrorCode.SessionEnded;
        EndReason = endReason;
    }

    /// <summary>What went wrong.</summary>
    public RoomCallErrorCode Code { get; }

    /// <summary>Why the session ended, with <see cref="RoomCallErrorCode.SessionEnded"/>; else null.</summary>
    public CallEndReason? EndReason { get; }
}
