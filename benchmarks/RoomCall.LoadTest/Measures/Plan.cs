namespace RoomCall.LoadTest.Measures;

/// <summary>How long something is measured, in a server that has just been started.</summary>
/// <param name="Length">How long.</param>
internal sealed record Plan(TimeSpan Length)
{
    /// <summary>How many times longer the warming up may take.</summary>
    public const int MostWarmUps = 5;

    /// <summary>For how long it goes on before, so that the JIT has seen what is hot.</summary>
    public TimeSpan WarmUp => Length;

    /// <summary>What the server must have had of its core by then: on a busy machine the JIT needs longer.</summary>
    public TimeSpan WarmUpCpu => 0.75 * Length;
}
