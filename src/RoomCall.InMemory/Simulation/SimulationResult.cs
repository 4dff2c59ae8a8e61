namespace RoomCall.InMemory;

/// <summary>A run of a <see cref="Simulation"/>, from its beginning to its end.</summary>
/// <param name="Seed">What decided it.</param>
/// <param name="Elapsed">How much virtual time it took.</param>
/// <param name="Steps">How many pieces of work it took.</param>
/// <param name="Fingerprint">Made from every scheduling choice, every moment and every note: two runs with the same one went the same
/// way, whether their traces were kept or not.</param>
/// <param name="Trace">What happened, a line each: the virtual time, who, what. Empty where
/// <see cref="SimulationOptions.RecordTrace"/> is false.</param>
public sealed record SimulationResult(int Seed, TimeSpan Elapsed, long Steps, ulong Fingerprint, string Trace);
