namespace RoomCall.Samples;

/// <summary>The file that the user named cannot be sent; the message says why, in one line.</summary>
internal sealed class UnreadableFileException(string message) : Exception(message);
