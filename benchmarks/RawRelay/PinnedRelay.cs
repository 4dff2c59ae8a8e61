using System.Net.WebSockets;

namespace RawRelay;

/// <summary>Passes on what a WebSocket receives, and holds a pinned buffer as long as the connection lives.</summary>
internal static class PinnedRelay
{
    /// <summary>Returns when the WebSocket is closed by its client.</summary>
    public static async Task RunAsync(WebSocket socket, Task<WebSocket> other, CancellationToken cancellationToken)
    {
        Memory<byte> buffer = GC.AllocateUninitializedArray<byte>(4096, pinned: true);
        while (await socket.ReceiveAsync(buffer, cancellationToken) is { MessageType: not WebSocketMessageType.Close } received)
        {
            await (await other).SendAsync(buffer[..received.Count], received.MessageType, received.EndOfMessage, cancellationToken);
        }
    }
}
