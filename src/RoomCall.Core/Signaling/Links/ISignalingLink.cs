namespace RoomCall.Signaling.Links;

/// <summary>One connection to a signaling server, which carries the frames of <c>docs/protocol.md</c> and knows nothing of what they
/// say.</summary>
/// <remarks>
/// The contract for those who write a transport:
/// <list type="number">
/// <item>Frames arrive whole, in order and once, until the link ends. What the link had taken and not delivered by then is lost; the
/// <see cref="ResumingSignaler"/> sees to that.</item>
/// <item>One <see cref="SendAsync"/> and one <see cref="ReceiveAsync"/> are under way at a time, beside each other. Neither blocks its
/// caller's thread.</item>
/// <item>A frame that was received is valid until the next <see cref="ReceiveAsync"/> begins or the link is disposed: the transport may
/// use its buffer again, and who keeps a part of it copies that.</item>
/// <item>What comes and can be no frame (not text, or larger than the transport takes) ends the link with a
/// <see cref="RoomCallException"/> of <see cref="RoomCallErrorCode.Malformed"/> from <see cref="ReceiveAsync"/>, and a server that refuses
/// this client on a link that is up already, with one of <see cref="RoomCallErrorCode.SignalingUnavailable"/>. The first ends the stay, the
/// second one that has not begun: a server that has let a client in once may do so again. Every other exception, and the end that null tells, is
/// a loss that may be repaired.</item>
/// <item><see cref="CloseAsync"/> tells the server that this client does not come back, after the last <see cref="SendAsync"/> has ended;
/// a receive that is under way goes on until the server has closed too.</item>
/// <item><see cref="IAsyncDisposable.DisposeAsync"/> drops the connection without a word, so that the server keeps the seat. It may come at
/// any moment and twice, does not wait for the server, and ends what is under way, with an exception or as the link's end.</item>
/// </list>
/// </remarks>
public interface ISignalingLink : IAsyncDisposable
{
    /// <summary>Whether the first frame has gone out with the request for the connection, so that it is not sent again.</summary>
    bool HasSentFirst { get; }

    /// <summary>How the server closed, once <see cref="ReceiveAsync"/> has given null; null: without a word.</summary>
    LinkClosure? Closure { get; }

    /// <summary>Sends a frame.</summary>
    /// <param name="frame">One JSON object in UTF-8; it does not change until the task has ended.</param>
    /// <returns>A task that ends when the link can take the next one.</returns>
    ValueTask SendAsync(ReadOnlyMemory<byte> frame);

    /// <summary>Receives the next frame.</summary>
    /// <returns>The frame, valid until the next call; null: the link has ended.</returns>
    /// <exception cref="RoomCallException">What came is no frame (<see cref="RoomCallErrorCode.Malformed"/>), or the server does not let this
    /// client in (<see cref="RoomCallErrorCode.SignalingUnavailable"/>).</exception>
    ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync();

    /// <summary>Closes the connection properly, for good.</summary>
    /// <returns>A task that ends when that is on its way to the server.</returns>
    ValueTask CloseAsync();
}
