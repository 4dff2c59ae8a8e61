namespace RoomCall.Verification.Book;

/// <summary>What became of the question for camera and microphone.</summary>
internal enum BookMedia
{
    NotAsked,
    Asked,
    Given,
    Refused,

    /// <summary>The user never answers.</summary>
    Ignored,
}
