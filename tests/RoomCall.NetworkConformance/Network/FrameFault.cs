namespace RoomCall.NetworkConformance;

/// <summary>What happens at one text frame.</summary>
/// <param name="Way">Which way it goes.</param>
/// <param name="Number">Which one, from 1, over all connections of a proxy.</param>
/// <param name="Kind">What happens.</param>
public sealed record FrameFault(Way Way, int Number, FaultKind Kind);
