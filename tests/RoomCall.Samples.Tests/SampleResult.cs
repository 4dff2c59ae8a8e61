namespace RoomCall.Samples.Tests;

/// <summary>What a sample did.</summary>
internal sealed record SampleResult(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.ReplaceLineEndings("\n").Split('\n');

    public string[] ErrorLines => Error.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The place of the first line at or after <paramref name="from"/> that holds the text.</summary>
    public int LineOf(string text, int from = 0)
    {
        int line = Array.FindIndex(Lines, from, candidate => candidate.Contains(text, StringComparison.Ordinal));
        Assert.That(line, Is.Not.Negative, $"No line from {from} on holds '{text}':\n{Output}\n{Error}");
        return line;
    }
}
