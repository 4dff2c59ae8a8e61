namespace RoomCall.Samples;

/// <summary>The file or the folder that the user named cannot be used; the message says why, in one line.</summary>
internal sealed class WrongPathException(string message) : Exception(message);
