namespace RoomCall.TimeToOpen.Browsers;

/// <summary>A call did not come to its data channel; the message says whose, and how far it came.</summary>
internal sealed class RunFailedException(string message, Exception? cause = null) : Exception(message, cause);
