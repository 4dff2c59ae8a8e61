using System.Buffers;
using System.Net.WebSockets;
using RoomCall.Signaling.Links;

namespace RoomCall.WebSockets;

/// <summary>One WebSocket. It holds a buffer only while a frame is in hand.</summary>
internal sealed class WebSocketLink(ClientWebSocket socket, bool hasSentFirst, int maxFrameBytes) : ISignalingLink
{
    private const int FirstBuffer = 4 * 1024;

    private byte[] _buffer = [];

    public bool HasSentFirst => hasSentFirst;

    public LinkClosure? Closure { get; private set; }

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame) =>
        socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync()
    {
        ReturnBuffer();

        // Nothing is read yet: this waits until something comes.
        ValueWebSocketReceiveResult received = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
        int length = 0;
        while (received.MessageType == WebSocketMessageType.Text && !received.EndOfMessage)
        {
            if (length == _buffer.Length)
            {
                Grow(length);
            }

            received = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None).ConfigureAwait(false);
            length += received.Count;
            if (length > maxFrameBytes)
            {
                throw NoFrame($"It sent a frame of more than {maxFrameBytes} bytes.");
            }
        }

        switch (received.MessageType)
        {
            case WebSocketMessageType.Text:
                return _buffer.AsMemory(0, length);

            case WebSocketMessageType.Binary:
                throw NoFrame("It sent a binary frame.");

            default:
                await OnCloseAsync().ConfigureAwait(false);
                return null;
        }
    }

    public async ValueTask CloseAsync() =>
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);

    /// <summary>The buffer may be in the hands of a receive that ends by this: it is left to the garbage collector.</summary>
    public ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        return default;
    }

    private static RoomCallException NoFrame(string what) => new(
        RoomCallErrorCode.Malformed, $"The signaling server does not follow the protocol: {what} Check that the address is that of a RoomCall server of this version.");

    private async Task OnCloseAsync()
    {
        Closure = new LinkClosure((int?)socket.CloseStatus, socket.CloseStatusDescription);
        if (socket.State != WebSocketState.CloseReceived)
        {
            return;
        }

        try
        {
            // RFC 6455, section 5.5.1: a close is answered with one.
            await CloseAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The server did not wait for it.
        }
    }

    private void Grow(int length)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBuffer, length * 2));
        _buffer.AsSpan(0, length).CopyTo(larger);
        ReturnBuffer();
        _buffer = larger;
    }

    private void ReturnBuffer()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }
}
