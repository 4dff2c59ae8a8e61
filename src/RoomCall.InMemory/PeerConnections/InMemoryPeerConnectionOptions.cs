using RoomCall.PeerConnections;

namespace RoomCall.InMemory;

/// <summary>What the in-memory engine can do, so that one's own fallbacks can be tested too.</summary>
public sealed record InMemoryPeerConnectionOptions
{
    /// <summary>What the engine says it can do, and does: what is false here it refuses or leaves out, as a poorer engine would.
    /// <value>Default: everything.</value></summary>
    public EngineCapabilities Capabilities { get; init; } = new()
    {
        IceRestart = true,
        Rollback = true,
        UnreliableDataChannels = true,
        DataChannelClose = true,
        ReceiveBackPressure = true,
        Statistics = true,
        Audio = true,
        Video = true,
    };

    /// <summary>The largest message that connections take, 1 byte to 64 MiB; told to the other side, whose own limit counts too.
    /// <value>Default: 262,144 bytes, as in browsers.</value></summary>
    public int MaxMessageSize { get; init; } = 256 * 1024;

    /// <summary>How many candidates each connection gathers, 0 to 16. With none it is reached only through the other side's.
    /// <value>Default: 2.</value></summary>
    public int CandidateCount { get; init; } = 2;

    /// <summary>Whether every packet from and to these connections is lost, as behind a firewall that lets no UDP through: signaling
    /// works, candidates are told, and the connection is failed after <see cref="InMemoryNetworkOptions.ConnectTimeout"/>.
    /// <value>Default: false.</value></summary>
    public bool IsUnreachable { get; init; }

    /// <summary>Checks every value against its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    internal InMemoryPeerConnectionOptions Validated()
    {
        ArgumentNullException.ThrowIfNull(Capabilities);
        if (MaxMessageSize is < 1 or > 64 * 1024 * 1024)
            throw new ArgumentOutOfRangeException(nameof(MaxMessageSize), MaxMessageSize, "MaxMessageSize must lie between 1 and 67,108,864.");
        return CandidateCount is >= 0 and <= 16
            ? this
            : throw new ArgumentOutOfRangeException(nameof(CandidateCount), CandidateCount, "CandidateCount must lie between 0 and 16.");
    }
}
