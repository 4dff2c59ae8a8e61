namespace RoomCall.PeerConnections;

/// <summary>What a peer connection has sent and received so far. Source: W3C WebRTC statistics.</summary>
public sealed record PeerConnectionStatistics
{
    /// <summary>Bytes of data-channel payload sent.</summary>
    public long BytesSent { get; init; }

    /// <summary>Bytes of data-channel payload received.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Data-channel messages sent.</summary>
    public long MessagesSent { get; init; }

    /// <summary>Data-channel messages received.</summary>
    public long MessagesReceived { get; init; }

    /// <summary>The latest round-trip time of the selected candidate pair, or null while none is known.</summary>
    public TimeSpan? RoundTripTime { get; init; }
}
