namespace RoomCall.InMemory;

/// <summary>A simulation failed. The message says how, with which seed, how to run it again, and what happened last.</summary>
public sealed class SimulationException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What failed and how to run it again.</param>
    /// <param name="failure">How it failed.</param>
    /// <param name="result">The run up to the failure.</param>
    /// <param name="cause">What was thrown, if something was.</param>
    public SimulationException(string message, SimulationFailure failure, SimulationResult result, Exception? cause = null)
        : base(message, cause)
    {
        ArgumentNullException.ThrowIfNull(result);
        Failure = failure;
        Result = result;
    }

    /// <summary>How it failed.</summary>
    public SimulationFailure Failure { get; }

    /// <summary>The run up to the failure, with its seed and its trace.</summary>
    public SimulationResult Result { get; }
}
