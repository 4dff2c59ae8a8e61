namespace RoomCall.LoadTest.Measures;

/// <summary>How long something is measured, in a server that has just been started.</summary>
/// <param name="Length">How long.</param>
internal sealed record Plan(TimeSpan Length)
{
    /// <summary>For how long it goes on before, so that the JIT has seen what is hot.</summary>
    public TimeSpan WarmUp => Length;
}
