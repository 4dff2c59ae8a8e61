namespace RoomCall.Samples;

/// <summary>What the user asked for.</summary>
internal sealed record Wishes
{
    /// <summary>The path of the file to send across; null: none.</summary>
    public string? File { get; init; }

    /// <summary>Whether a person types for both sides.</summary>
    public bool Chat { get; init; }

    /// <summary>How long a packet, or a signal to or from the server, takes one way.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The share of data packets and media frames that is lost.</summary>
    public double Loss { get; init; }

    /// <summary>Where the network's chances begin.</summary>
    public int Seed { get; init; }

    /// <summary>Whether the network is worse than a perfect one.</summary>
    public bool IsAdverse => Latency > TimeSpan.Zero || Loss > 0;
}
