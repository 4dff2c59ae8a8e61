namespace RoomCall.InMemory;

/// <summary>How a <see cref="Simulation"/> runs.</summary>
public sealed record SimulationOptions
{
    /// <summary>Decides every delay, loss, random number and scheduling choice. <value>Default: 0.</value></summary>
    public int Seed { get; init; }

    /// <summary>How <see cref="Simulation.World"/> behaves; the seed of its network is replaced by one of the simulation's.
    /// <value>Default: no latency, no loss, rooms of two.</value></summary>
    public InMemoryWorldOptions World { get; init; } = new();

    /// <summary>How much virtual time a run may take; above zero. One that takes more fails with
    /// <see cref="SimulationFailure.TookTooLong"/>. <value>Default: one day.</value></summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How many pieces of work a run may take, 1 or more; one that goes round in circles fails by it with
    /// <see cref="SimulationFailure.TookTooLong"/>. <value>Default: 10 million, which is some seconds of real time.</value></summary>
    public long StepLimit { get; init; } = 10_000_000;

    /// <summary>Whether the seed picks which of the pieces of work that are ready goes on next, as threads would; else the one that waits
    /// longest does. <value>Default: true.</value></summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Whether the trace is kept. Without it a run is faster; what happens in it is the same.
    /// <value>Default: true.</value></summary>
    public bool RecordTrace { get; init; } = true;

    /// <summary>What a failure says to the question how to run it again, with <c>{seed}</c> for the seed; null: the line of code.
    /// <value>Default: null.</value></summary>
    public string? ReplayCommand { get; init; }

    /// <summary>How long, in real time, a thread that has left is waited for before a run is said to wait for ever.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    internal SimulationOptions Checked()
    {
        ArgumentNullException.ThrowIfNull(World);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(TimeLimit, TimeSpan.Zero, nameof(TimeLimit));
        ArgumentOutOfRangeException.ThrowIfLessThan(StepLimit, 1, nameof(StepLimit));
        return this;
    }
}
