namespace RoomCall.Verification.Exploration;

/// <summary>A move in words.</summary>
/// <param name="From">Who does it: a participant of the sequence.</param>
/// <param name="To">Whom it reaches; the same as <paramref name="From"/> when it concerns nobody else.</param>
/// <param name="Text">What happens.</param>
/// <param name="IsAct">The world did it.</param>
internal sealed record MoveText(string From, string To, string Text, bool IsAct = false);
