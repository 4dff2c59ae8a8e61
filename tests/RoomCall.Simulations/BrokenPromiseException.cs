namespace RoomCall.Simulations;

/// <summary>The library did not do what it promises.</summary>
public sealed class BrokenPromiseException(string promise) : Exception(promise);
