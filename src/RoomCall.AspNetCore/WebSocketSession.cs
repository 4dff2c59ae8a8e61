using System.Buffers;
using System.Net.WebSockets;
using RoomCall.Server;

namespace RoomCall.AspNetCore;

/// <summary>Reads the frames of one WebSocket and hands them to the server, until it ends.</summary>
internal static class WebSocketSession
{
    private const int FirstBufferBytes = 4096;

    public static async Task RunAsync(WebSocket socket, SignalingConnection connection, int maxFrameBytes)
    {
        bool byClient = false;
        try
        {
            byClient = await ReadAsync(socket, connection, maxFrameBytes).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is lost; the server keeps the seat for a while.
        }
        finally
        {
            connection.Closed(byClient);
        }
    }

    /// <returns>Whether the client closed, and not only its connection ended.</returns>
    private static async Task<bool> ReadAsync(WebSocket socket, SignalingConnection connection, int maxFrameBytes)
    {
        while (true)
        {
            // While nothing comes, no buffer is held.
            ValueWebSocketReceiveResult result = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
            if (result.MessageType == WebSocketMessageType.Close)
                return await CloseAsync(socket).ConfigureAwait(false);

            if (result.EndOfMessage)
            {
                await connection.ReceiveAsync(ReadOnlyMemory<byte>.Empty).ConfigureAwait(false);
                continue;
            }

            byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstBufferBytes, maxFrameBytes));
            try
            {
                int length = 0;
                do
                {
                    if (length == buffer.Length)
                        buffer = Grow(buffer, maxFrameBytes);

                    result = await socket.ReceiveAsync(buffer.AsMemory(length, Math.Min(buffer.Length, maxFrameBytes + 1) - length), CancellationToken.None).ConfigureAwait(false);
                    length += result.Count;
                }
                while (!result.EndOfMessage && length <= maxFrameBytes && result.MessageType != WebSocketMessageType.Close);

                if (result.MessageType == WebSocketMessageType.Close)
                    return await CloseAsync(socket).ConfigureAwait(false);

                if (length > maxFrameBytes)
                    await connection.RefuseTooLargeAsync(maxFrameBytes).ConfigureAwait(false);
                else if (result.MessageType == WebSocketMessageType.Binary)
                    await connection.RefuseBinaryAsync().ConfigureAwait(false);
                else
                    await connection.ReceiveAsync(buffer.AsMemory(0, length)).ConfigureAwait(false);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private static byte[] Grow(byte[] buffer, int maxFrameBytes)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Min(2 * buffer.Length, maxFrameBytes + 1));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static async Task<bool> CloseAsync(WebSocket socket)
    {
        if (socket.State == WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);

        return true;
    }
}
