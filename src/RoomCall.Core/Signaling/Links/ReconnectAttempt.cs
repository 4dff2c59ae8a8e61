namespace RoomCall.Signaling.Links;

/// <summary>An attempt to connect again that is about to be made.</summary>
/// <param name="Number">Which one since the loss, from 1.</param>
/// <param name="Elapsed">The time since the loss.</param>
/// <param name="Error">Why the connection was lost, or why the last attempt failed.</param>
public readonly record struct ReconnectAttempt(int Number, TimeSpan Elapsed, Exception Error);
