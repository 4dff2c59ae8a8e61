namespace RoomCall.TimeToOpen.Contenders;

/// <summary>One way to a data channel, which can be measured.</summary>
/// <param name="Name">What it is called on the command line and in the tables.</param>
/// <param name="Description">What it is.</param>
/// <param name="Module">The page's module that speaks it.</param>
internal sealed record Contender(string Name, string Description, string Module)
{
    /// <summary>The script of its server on node; null for the server that this program has itself.</summary>
    public string? Server { get; init; }

    /// <summary>What else the module is told.</summary>
    public IReadOnlyDictionary<string, string> Setting { get; init; } = new Dictionary<string, string>();
}
