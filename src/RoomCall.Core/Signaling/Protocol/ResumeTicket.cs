namespace RoomCall.Signaling.Protocol;

/// <summary>How a client takes its seat again after its connection was lost.</summary>
/// <param name="Token">What it shows: 22 to 64 of <c>A-Z a-z 0-9 - _</c>, good for one time.</param>
/// <param name="Seconds">For how many seconds the seat is kept.</param>
public sealed record ResumeTicket(string Token, int Seconds)
{
    /// <summary>Says the time only, never the token.</summary>
    /// <returns>A text without the token.</returns>
    public override string ToString() => $"{Seconds} s";
}
