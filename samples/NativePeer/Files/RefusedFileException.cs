namespace RoomCall.Samples;

/// <summary>A file is not taken; the message, a sentence, is told to the other side.</summary>
internal sealed class RefusedFileException(string message) : Exception(message);
