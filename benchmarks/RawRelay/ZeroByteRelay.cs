using System.Buffers;
using System.Net.WebSockets;

namespace RawRelay;

/// <summary>Passes on what a WebSocket receives; waits with a read of no bytes, and rents a buffer only while a message is in hand.</summary>
internal static class ZeroByteRelay
{
    /// <summary>Returns when the WebSocket is closed by its client.</summary>
    public static async Task RunAsync(WebSocket socket, Task<WebSocket> other, CancellationToken cancellationToken)
    {
        while (await socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken) is { MessageType: not WebSocketMessageType.Close } received)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
            while (!received.EndOfMessage)
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                await (await other).SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, cancellationToken);
            }

            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
