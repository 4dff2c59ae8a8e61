using System.Globalization;

namespace RoomCall.Samples;

/// <summary>Reads times, shares and seeds as people write them.</summary>
internal static class Quantity
{
    /// <summary>The longest latency with which a call still comes up within the in-memory network's time-out.</summary>
    public static readonly TimeSpan MaxLatency = TimeSpan.FromSeconds(2);

    /// <summary>The largest loss with which a reliable message still arrives while somebody watches.</summary>
    public const double MaxLoss = 0.9;

    /// <summary>Reads <c>50ms</c>, <c>0.05s</c> or <c>50</c>, which is milliseconds.</summary>
    public static bool TryReadLatency(string text, out TimeSpan latency)
    {
        (string number, double unit) = text.Trim() switch
        {
            [.. var milliseconds, 'm', 's'] => (milliseconds, 1),
            [.. var seconds, 's'] => (seconds, 1000),
            var milliseconds => (milliseconds, 1),
        };
        latency = default;
        if (!TryReadNumber(number, out double value) || value * unit > MaxLatency.TotalMilliseconds) return false;
        latency = TimeSpan.FromMilliseconds(value * unit);
        return true;
    }

    /// <summary>Reads <c>5%</c> or <c>0.05</c>.</summary>
    public static bool TryReadLoss(string text, out double loss)
    {
        (string number, double unit) = text.Trim() switch
        {
            [.. var percent, '%'] => (percent, 0.01),
            var share => (share, 1),
        };
        if (!TryReadNumber(number, out loss)) return false;
        loss *= unit;
        return loss <= MaxLoss;
    }

    /// <summary>Reads a whole number.</summary>
    public static bool TryReadSeed(string text, out int seed) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seed);

    // No sign, no exponent, no thousands: so neither NaN nor infinity.
    private static bool TryReadNumber(string text, out double value) =>
        double.TryParse(text.TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
}
