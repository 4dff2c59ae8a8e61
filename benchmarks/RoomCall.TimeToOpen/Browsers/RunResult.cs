namespace RoomCall.TimeToOpen.Browsers;

/// <summary>What a run found, all on the clock that the pages of one browser share, in milliseconds.</summary>
/// <param name="Start">When the joiner was asked to join.</param>
/// <param name="FirstOpened">When the data channel was open on the side of the one who waited.</param>
/// <param name="JoinerOpened">When it was on the joiner's.</param>
internal sealed record RunResult(double Start, double FirstOpened, double JoinerOpened)
{
    /// <summary>From the joiner's join to the data channel open on both sides.</summary>
    public double TimeToOpen => Math.Max(FirstOpened, JoinerOpened) - Start;

    /// <summary>What the first and the joiner noted down; none where they were not traced.</summary>
    public IReadOnlyList<IReadOnlyList<TracedEvent>> Traces { get; init; } = [];
}
