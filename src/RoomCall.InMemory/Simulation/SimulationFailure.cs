namespace RoomCall.InMemory;

/// <summary>How a simulation failed.</summary>
public enum SimulationFailure
{
    /// <summary>The scenario threw, or work that nobody awaits did; the exception is inside.</summary>
    Threw,

    /// <summary>Nothing is ready, no timer runs, and the scenario has not ended: it would wait for ever.</summary>
    WaitsForever,

    /// <summary>The scenario had not ended at <see cref="SimulationOptions.TimeLimit"/> or <see cref="SimulationOptions.StepLimit"/>.</summary>
    TookTooLong,

    /// <summary>Something went on on another thread, so that the seed does not decide any more: <c>ConfigureAwait(false)</c>,
    /// <c>Task.Run</c>, a clock that is not the simulation's, or input and output.</summary>
    LeftTheSimulation,
}
