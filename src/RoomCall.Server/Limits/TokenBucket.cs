namespace RoomCall.Server.Limits;

/// <summary>
/// A token bucket in whole numbers, so that no rounding adds or loses a token: one token is as many units as the clock has ticks
/// in a second, and each tick brings as many units as there are tokens in a second. Its owner guards it; time is an input.
/// </summary>
internal struct TokenBucket
{
    private readonly TokenRate _rate;
    private long _units;
    private long _updatedAt;

    /// <summary>Makes a full bucket.</summary>
    /// <param name="rate">How fast it fills, and how much it holds.</param>
    /// <param name="now">The clock's reading.</param>
    public TokenBucket(TokenRate rate, long now)
    {
        _rate = rate;
        _units = rate.FullUnits;
        _updatedAt = now;
    }

    /// <summary>Takes tokens, if there are as many.</summary>
    /// <param name="now">The clock's reading; an earlier one than before brings no token.</param>
    /// <param name="tokens">How many; what is more than the bucket holds takes all of a full one.</param>
    public bool TryTake(long now, int tokens = 1)
    {
        long elapsed = now - _updatedAt;
        if (elapsed > 0)
        {
            // The comparison first: after a long silence the product would overflow.
            _units = elapsed >= _rate.TicksToFill ? _rate.FullUnits : Math.Min(_rate.FullUnits, _units + elapsed * _rate.UnitsPerTick);
            _updatedAt = now;
        }

        long wanted = Math.Min(tokens * _rate.UnitsPerToken, _rate.FullUnits);
        if (_units < wanted)
            return false;

        _units -= wanted;
        return true;
    }
}
