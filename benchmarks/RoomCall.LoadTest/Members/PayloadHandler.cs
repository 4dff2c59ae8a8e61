namespace RoomCall.LoadTest.Members;

/// <summary>Takes the payload that the other member of the room sent.</summary>
/// <param name="payload">JSON in UTF-8, only valid until the handler returns.</param>
internal delegate void PayloadHandler(ReadOnlySpan<byte> payload);
