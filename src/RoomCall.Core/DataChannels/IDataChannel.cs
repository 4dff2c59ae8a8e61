namespace RoomCall.DataChannels;

/// <summary>
/// A data channel of a call, the same for both sides whoever opened it (book row S22). All members are safe for concurrent use.
/// Source: W3C WebRTC, RTCDataChannel; RFC 8831.
/// </summary>
public interface IDataChannel : IAsyncDisposable
{
    /// <summary>The label that the opening side gave; <c>sendDataChannel</c> for the call's own channel (book row S18).</summary>
    string Label { get; }

    /// <summary>Order, reliability and sub-protocol, as the side that opened the channel has chosen; before the channel is connected,
    /// as this side would choose.</summary>
    DataChannelOptions Options { get; }

    /// <summary>Where the channel stands (book row S23).</summary>
    DataChannelState State { get; }

    /// <summary>The state now, then every change in order; completes when closed, never fails.
    /// Observers are told on the thread pool, one after another, and must not block; one that throws is logged, stays subscribed and
    /// harms nobody else.</summary>
    IObservable<DataChannelState> States { get; }

    /// <summary>The largest message in bytes; what <see cref="SendAsync(string, CancellationToken)"/> refuses above.
    /// Zero while the channel is connecting and the engine has not told.</summary>
    int MaxMessageSize { get; }

    /// <summary>Bytes sent by the user and not yet handed to the network, those that wait for the channel to open included.</summary>
    long BufferedAmount { get; }

    /// <summary>Sends a text. Before the channel is open it waits in a queue of bounded size
    /// (<see cref="CallOptions.SendQueueLimit"/>); while too much is buffered (<see cref="CallOptions.SendBufferLimit"/>), the returned
    /// task waits. Messages go in the order of the calls.</summary>
    /// <remarks>What was taken arrives, unless the channel is cut off or closed before it could open, which is logged; that it has
    /// arrived, only the other side can tell. If a message that was taken before the channel opened turns out to be larger than the
    /// channel allows, those before it are sent, then the channel is closed: readers get
    /// <see cref="RoomCallErrorCode.MessageTooLarge"/>, later senders <see cref="RoomCallErrorCode.DataChannelClosed"/> with it
    /// inside.</remarks>
    /// <param name="text">The text; may be empty.</param>
    /// <param name="cancellationToken">Ends the wait; the message is then not sent.</param>
    /// <returns>A task that ends when the message was taken to be sent.</returns>
    /// <exception cref="RoomCallException">The channel is closing or closed (<see cref="RoomCallErrorCode.DataChannelClosed"/>), the message
    /// is too large (<see cref="RoomCallErrorCode.MessageTooLarge"/>), or the queue before opening is full
    /// (<see cref="RoomCallErrorCode.SendQueueFull"/>).</exception>
    ValueTask SendAsync(string text, CancellationToken cancellationToken = default);

    /// <summary>Sends bytes; else as <see cref="SendAsync(string, CancellationToken)"/>.</summary>
    /// <param name="data">The bytes; copied before this method returns.</param>
    /// <param name="cancellationToken">Ends the wait; the message is then not sent.</param>
    /// <returns>A task that ends when the message was taken to be sent.</returns>
    /// <exception cref="RoomCallException">As for a text.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default);

    /// <summary>Waits for the next message; else as <see cref="ReadAllAsync"/>.</summary>
    /// <param name="cancellationToken">Ends the wait; no message is lost.</param>
    /// <returns>The message.</returns>
    /// <exception cref="RoomCallException">The channel is closed and all has been read, or it was cut off
    /// (<see cref="RoomCallErrorCode.DataChannelClosed"/>).</exception>
    ValueTask<DataMessage> ReceiveAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the messages in order, each once, until the channel is closed. A slow reader slows the sender where the
    /// engine can. Several readers share the messages: each message goes to one of them.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The messages; what had arrived before the call is included.</returns>
    /// <exception cref="RoomCallException">After the last message that arrived: the channel was cut off
    /// (<see cref="RoomCallErrorCode.DataChannelClosed"/>), so that messages may be missing at the end; it was closed since its reader was
    /// too slow for an engine that does not wait (<see cref="RoomCallErrorCode.ReceiveBufferFull"/>); or a queued message was too large
    /// (<see cref="RoomCallErrorCode.MessageTooLarge"/>).</exception>
    IAsyncEnumerable<DataMessage> ReadAllAsync(CancellationToken cancellationToken = default);

    /// <summary>The same messages for observers: while at least one is subscribed they are read, and each is shown to all that are
    /// subscribed. Use this or <see cref="ReadAllAsync"/>, not both. Completes when the channel is closed and all that arrived was shown,
    /// also when it was cut off; never fails. What arrives while nobody is subscribed waits for the next reader. Observers are told on
    /// the thread pool, one after another; a slow one slows the sender. One that throws is logged, stays subscribed and harms nobody
    /// else.</summary>
    IObservable<DataMessage> Messages { get; }

    /// <summary>Gives a stream over this channel, which cuts what is written into messages, and marks its end, so that a reader can
    /// tell a whole transfer from one cut off. The other side uses a stream too. A reliable, ordered channel only; once per channel.</summary>
    /// <param name="options">Chunk size and progress; null: the defaults.</param>
    /// <returns>The stream. Disposing it ends the writing and closes the channel.</returns>
    /// <exception cref="InvalidOperationException">The channel is not reliable and ordered, or has a stream already.</exception>
    DataChannelStream AsStream(DataChannelStreamOptions? options = null);

    /// <summary>Waits until the channel is open.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the channel is open.</returns>
    /// <exception cref="RoomCallException">The channel closed before (<see cref="RoomCallErrorCode.DataChannelClosed"/>).</exception>
    Task WhenOpenAsync(CancellationToken cancellationToken = default);

    /// <summary>Closes the channel: what was sent arrives first, sends that wait for room included. Safe to call twice. What arrives
    /// until it is closed can still be read; the other side is not slowed for it any more, and beyond four times
    /// <see cref="CallOptions.ReceiveBufferLimit"/> it is lost and the reader told. A channel whose connection was not begun yet closes
    /// at once.</summary>
    /// <param name="cancellationToken">Ends the wait, not the closing.</param>
    /// <returns>A task that ends when the channel is closed on this side and what was sent has arrived, or the channel was cut off.</returns>
    Task CloseAsync(CancellationToken cancellationToken = default);
}
