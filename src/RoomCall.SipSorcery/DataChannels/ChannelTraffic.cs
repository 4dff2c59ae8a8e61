using RoomCall.PeerConnections;

namespace RoomCall.SipSorcery;

/// <summary>Counts what the data channels of one connection have carried: SIPSorcery has no statistics.</summary>
internal sealed class ChannelTraffic
{
    private long _bytesSent;
    private long _bytesReceived;
    private long _messagesSent;
    private long _messagesReceived;

    public PeerConnectionStatistics Statistics => new()
    {
        BytesSent = Interlocked.Read(ref _bytesSent),
        BytesReceived = Interlocked.Read(ref _bytesReceived),
        MessagesSent = Interlocked.Read(ref _messagesSent),
        MessagesReceived = Interlocked.Read(ref _messagesReceived),
    };

    public void Sent(int bytes)
    {
        Interlocked.Add(ref _bytesSent, bytes);
        Interlocked.Increment(ref _messagesSent);
    }

    public void Received(int bytes)
    {
        Interlocked.Add(ref _bytesReceived, bytes);
        Interlocked.Increment(ref _messagesReceived);
    }
}
