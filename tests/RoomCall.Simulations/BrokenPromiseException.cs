namespace RoomCall.Simulations;

/// <summary>The library did not do what it promises.</summary>
public sealed class BrokenPromiseException(string promise) : Exception(promise)
{
    /// <summary>Throws where a promise does not hold.</summary>
    /// <param name="holds">Whether it does.</param>
    /// <param name="promise">Which, and what was found.</param>
    public static void Unless(bool holds, string promise)
    {
        if (!holds) throw new BrokenPromiseException(promise);
    }
}
