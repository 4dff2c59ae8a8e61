namespace RoomCall.Samples;

/// <summary>What the user asked for.</summary>
internal sealed record Wishes
{
    /// <summary>The signaling server.</summary>
    public required Uri Server { get; init; }

    public required string Room { get; init; }

    /// <summary>What the other side is told that this one is called; null: nothing.</summary>
    public string? Name { get; init; }

    /// <summary>What the server is shown; null: nothing.</summary>
    public string? Token { get; init; }

    /// <summary>Whether the program ends by itself when the signaling of the call is done.</summary>
    public bool UntilNegotiated { get; init; }
}
