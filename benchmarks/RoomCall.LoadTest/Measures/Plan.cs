namespace RoomCall.LoadTest.Measures;

/// <summary>How long something is measured, in a server that has just been started.</summary>
/// <param name="WarmUp">For how long it goes on before, so that the JIT is through with what is hot.</param>
/// <param name="Length">How long it is measured.</param>
internal sealed record Plan(TimeSpan WarmUp, TimeSpan Length)
{
    /// <summary>How many times longer the warming up may take.</summary>
    public const int MostWarmUps = 5;

    /// <summary>What the server must have had of its core by then: on a busy machine the JIT needs longer.</summary>
    public TimeSpan WarmUpCpu => 0.75 * WarmUp;
}
