namespace RoomCall.PeerConnections;

/// <summary>What a WebRTC engine can do. Where <see cref="IceRestart"/> is missing the call flow falls back to a new connection, and where
/// <see cref="DataChannelClose"/> is, to messages by way of the server; the rest tells users and tests what to expect.</summary>
public sealed record EngineCapabilities
{
    /// <summary>An offer can be made that restarts ICE on the same connection (RFC 9429, section 5.2.3.1).
    /// Without it a lost connection is replaced by a new one.</summary>
    public bool IceRestart { get; init; }

    /// <summary>A pending local description can be rolled back (RFC 9429, section 4.1.10.2).</summary>
    public bool Rollback { get; init; }

    /// <summary>Data channels may be unordered or limited in retransmits or lifetime (RFC 8831).</summary>
    public bool UnreliableDataChannels { get; init; }

    /// <summary>A data channel that is closed here is seen to close on the other side, and the other side's closing is seen here. Where it
    /// is false, closing ends the channel on this side once what was sent has arrived, and the peers tell each other by
    /// <see cref="Signaling.PeerMessage.CloseChannel"/>, for which <see cref="DataChannels.IDataChannelTransport.Id"/> is needed.</summary>
    public bool DataChannelClose { get; init; }

    /// <summary>The engine waits for <see cref="DataChannels.IDataChannelTransportObserver.OnMessageAsync"/> before it delivers the next
    /// message of that channel, so that a slow reader slows the sender.</summary>
    public bool ReceiveBackPressure { get; init; }

    /// <summary>Statistics can be read.</summary>
    public bool Statistics { get; init; }

    /// <summary>Audio tracks can be sent and received.</summary>
    public bool Audio { get; init; }

    /// <summary>Video tracks can be sent and received.</summary>
    public bool Video { get; init; }
}
