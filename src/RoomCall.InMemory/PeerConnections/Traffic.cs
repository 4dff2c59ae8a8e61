using RoomCall.PeerConnections;

namespace RoomCall.InMemory;

/// <summary>What one connection's data channels have carried.</summary>
internal struct Traffic
{
    private long _bytesSent;
    private long _bytesReceived;
    private long _messagesSent;
    private long _messagesReceived;

    public void Sent(int size)
    {
        _bytesSent += size;
        _messagesSent++;
    }

    public void Received(int size)
    {
        _bytesReceived += size;
        _messagesReceived++;
    }

    public readonly PeerConnectionStatistics ToStatistics(TimeSpan? roundTripTime) => new()
    {
        BytesSent = _bytesSent,
        BytesReceived = _bytesReceived,
        MessagesSent = _messagesSent,
        MessagesReceived = _messagesReceived,
        RoundTripTime = roundTripTime,
    };
}
