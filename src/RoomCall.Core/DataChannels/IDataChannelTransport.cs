namespace RoomCall.DataChannels;

/// <summary>
/// The engine's side of one data channel: the seam under <see cref="IDataChannel"/>, which adds queues, back-pressure and streams.
/// Source: W3C WebRTC, RTCDataChannel and its underlying data transport; RFC 8831.
/// </summary>
/// <remarks>
/// <see cref="Send"/> is called by one thread at a time; <see cref="Close"/> and the properties by any thread at any time.
/// </remarks>
public interface IDataChannelTransport
{
    /// <summary>The channel's number, the same on both sides: its SCTP stream identifier, 0 to 65,534 (W3C WebRTC, RTCDataChannel.id). Null
    /// until the engine knows it, which is when the channel is open at the latest, or where it has none. Not used again while the connection
    /// lasts, where the engine's <see cref="PeerConnections.EngineCapabilities.DataChannelClose"/> is false.</summary>
    int? Id { get; }

    /// <summary>The label that the opening side gave.</summary>
    string Label { get; }

    /// <summary>Order, reliability and sub-protocol.</summary>
    DataChannelOptions Options { get; }

    /// <summary>Where the channel stands.</summary>
    DataChannelState State { get; }

    /// <summary>The largest message that may be sent, in bytes; constant once open.</summary>
    int MaxMessageSize { get; }

    /// <summary>Bytes given to <see cref="Send"/> and not yet handed to the network.</summary>
    long BufferedAmount { get; }

    /// <summary>The observer hears <see cref="IDataChannelTransportObserver.OnBufferedAmountLow"/> when
    /// <see cref="BufferedAmount"/> falls to this many bytes or below. <value>Default: 0.</value></summary>
    long BufferedAmountLowThreshold { get; set; }

    /// <summary>Names the one observer. What happened before is told to it now, in order; called once.</summary>
    /// <param name="observer">Who is told.</param>
    void Attach(IDataChannelTransportObserver observer);

    /// <summary>Takes a message to send; its bytes are the engine's until it was sent, and are not changed meanwhile.</summary>
    /// <param name="message">A message of at most <see cref="MaxMessageSize"/> bytes.</param>
    /// <exception cref="InvalidOperationException">The channel is not open.</exception>
    void Send(DataMessage message);

    /// <summary>Begins the closing procedure: what was sent arrives first, then both sides see the channel closed. Safe to call twice.</summary>
    void Close();
}
