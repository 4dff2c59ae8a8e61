namespace RoomCall.Signaling.Links;

/// <summary>Says when a client that has lost its connection tries again, and when it gives up. Safe for concurrent use: one serves all
/// connections of a signaler.</summary>
public interface IReconnectPolicy
{
    /// <summary>Asked before each attempt.</summary>
    /// <param name="attempt">What has happened so far.</param>
    /// <returns>How long to wait before the attempt, zero or more; null: give up, the connection is lost for good.</returns>
    TimeSpan? NextDelay(ReconnectAttempt attempt);
}
