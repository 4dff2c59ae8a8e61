namespace RoomCall.Server.Limits;

/// <summary>
/// A token bucket in whole numbers, so that no rounding adds or loses a token: one token is as many units as the clock has ticks
/// in a second, and each tick brings as many units as there are tokens in a second. Its owner guards it; time is an input.
/// </summary>
internal struct TokenBucket
{
    private readonly long _tokensPerSecond;
    private readonly long _unitsPerToken;
    private readonly long _fullUnits;
    private readonly long _ticksToFill;
    private long _units;
    private long _updatedAt;

    /// <summary>Makes a full bucket.</summary>
    /// <param name="tokensPerSecond">How fast it fills, 1 to 1,000,000.</param>
    /// <param name="burst">How many tokens it holds, 1 to 1,000,000.</param>
    /// <param name="ticksPerSecond">The clock's frequency, at most 10^12.</param>
    /// <param name="now">The clock's reading.</param>
    public TokenBucket(int tokensPerSecond, int burst, long ticksPerSecond, long now)
    {
        _tokensPerSecond = tokensPerSecond;
        _unitsPerToken = ticksPerSecond;
        _fullUnits = burst * ticksPerSecond;
        _ticksToFill = _fullUnits / tokensPerSecond + 1;
        _units = _fullUnits;
        _updatedAt = now;
    }

    /// <summary>Takes one token, if there is one.</summary>
    /// <param name="now">The clock's reading; an earlier one than before brings no token.</param>
    public bool TryTake(long now)
    {
        long elapsed = now - _updatedAt;
        if (elapsed > 0)
        {
            // The comparison first: after a long silence the product would overflow.
            _units = elapsed >= _ticksToFill ? _fullUnits : Math.Min(_fullUnits, _units + elapsed * _tokensPerSecond);
            _updatedAt = now;
        }

        if (_units < _unitsPerToken)
            return false;

        _units -= _unitsPerToken;
        return true;
    }
}
