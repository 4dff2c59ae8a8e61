namespace RoomCall.Server.Limits;

/// <summary>How fast the <see cref="TokenBucket"/>s of all who have the same limit fill, and how much they hold.</summary>
internal sealed class TokenRate
{
    /// <summary>Makes a rate.</summary>
    /// <param name="tokensPerSecond">How fast a bucket fills, 1 to 1,000,000.</param>
    /// <param name="burst">How many tokens it holds, 1 to 1,000,000.</param>
    /// <param name="ticksPerSecond">The clock's frequency, at most 10^12.</param>
    public TokenRate(int tokensPerSecond, int burst, long ticksPerSecond)
    {
        UnitsPerTick = tokensPerSecond;
        UnitsPerToken = ticksPerSecond;
        FullUnits = burst * ticksPerSecond;
        TicksToFill = FullUnits / tokensPerSecond + 1;
    }

    public long UnitsPerTick { get; }

    public long UnitsPerToken { get; }

    public long FullUnits { get; }

    public long TicksToFill { get; }
}
