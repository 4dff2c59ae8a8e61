namespace RoomCall.LoadTest.Wire;

/// <summary>Takes the texts that a WebSocket receives, one at a time.</summary>
internal interface ITextReceiver
{
    /// <param name="text">In UTF-8, and only valid until the method returns.</param>
    void OnText(ReadOnlySpan<byte> text);
}
