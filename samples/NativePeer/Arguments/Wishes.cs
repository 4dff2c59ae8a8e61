namespace RoomCall.Samples;

/// <summary>What the user asked for.</summary>
internal sealed record Wishes
{
    /// <summary>The signaling server.</summary>
    public required Uri Server { get; init; }

    public required string Room { get; init; }

    /// <summary>What the other side is told that this one is called; null: nothing.</summary>
    public string? Name { get; init; }

    /// <summary>The path of the file that everybody who comes is sent; null: none.</summary>
    public string? File { get; init; }

    /// <summary>The folder into which files are saved; null: they are counted and forgotten.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether the other side hears nothing.</summary>
    public bool IsSilent { get; init; }
}
