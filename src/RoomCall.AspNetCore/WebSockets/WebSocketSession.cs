using System.Buffers;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using RoomCall.Server;

namespace RoomCall.AspNetCore;

/// <summary>Reads the frames of one WebSocket and hands them to the server, until it ends.</summary>
internal static class WebSocketSession
{
    private const int FirstBufferBytes = 4096;

    // A frame may come in any pieces while they are few; when they are many, so much has to be in each on average.
    private const int FreePieces = 64;
    private const int LeastBytesOfPiece = 16;

    /// <summary>Takes up the connection and reads until it ends: one method, since what waits costs memory for each connection.</summary>
    /// <param name="accepting">The WebSocket, as soon as it is accepted.</param>
    /// <param name="first">The client's first frame, if it came with the request.</param>
    /// <param name="endpoint">Takes it up.</param>
    /// <param name="context">The request.</param>
    public static async Task RunAsync(Task<WebSocket> accepting, byte[]? first, RoomCallEndpoint endpoint, HttpContext context)
    {
        using WebSocket socket = await accepting.ConfigureAwait(false);
        SignalingConnection connection = endpoint.Connect(socket, context);
        bool byClient = false;
        try
        {
            // A request may have waited so long that its client has given up.
            if (first is not null && context.RequestAborted.IsCancellationRequested)
                first = null;

            Turn turn = first is null ? default : await ReceiveAheadAsync(socket, connection, first, endpoint.Options.MaxFrameBytes).ConfigureAwait(false);
            first = null;
            while (!turn.IsClosed)
            {
                // While nothing comes, no buffer is held.
                ValueWebSocketReceiveResult result = turn.Next is { } next
                    ? await next.ConfigureAwait(false)
                    : await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
                turn = result.MessageType == WebSocketMessageType.Close
                    ? new Turn(IsClosed: true, Next: null)
                    : await ReceiveAsync(socket, connection, result.EndOfMessage, endpoint.Options.MaxFrameBytes).ConfigureAwait(false);
            }

            byClient = true;
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            // The connection is lost; the server keeps the seat for a while.
        }
        finally
        {
            connection.Closed(byClient);
        }

        if (byClient && socket.State == WebSocketState.CloseReceived)
            await AnswerCloseAsync(socket, endpoint.Options.CloseTimeout).ConfigureAwait(false);
    }

    /// <summary>Hands the frame to the server that came with the request.</summary>
    private static ValueTask<Turn> ReceiveAheadAsync(WebSocket socket, SignalingConnection connection, byte[] first, int maxFrameBytes) =>
        TakeAsync(socket, connection, first.Length > maxFrameBytes ? connection.RefuseTooLargeAsync(maxFrameBytes) : connection.ReceiveAheadAsync(first));

    /// <summary>Reads one frame, which has begun to come, and hands it to the server.</summary>
    private static async ValueTask<Turn> ReceiveAsync(WebSocket socket, SignalingConnection connection, bool isEmpty, int maxFrameBytes)
    {
        if (isEmpty)
        {
            await connection.ReceiveAsync(ReadOnlyMemory<byte>.Empty).ConfigureAwait(false);
            return default;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstBufferBytes, maxFrameBytes));
        try
        {
            ValueWebSocketReceiveResult result;
            int length = 0;
            int pieces = 0;
            bool isFlood;
            do
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer, maxFrameBytes);

                result = await socket.ReceiveAsync(buffer.AsMemory(length, Math.Min(buffer.Length, maxFrameBytes + 1) - length), CancellationToken.None).ConfigureAwait(false);
                length += result.Count;
                isFlood = ++pieces > FreePieces + length / LeastBytesOfPiece;
            }
            while (!result.EndOfMessage && length <= maxFrameBytes && !isFlood && result.MessageType != WebSocketMessageType.Close);

            if (result.MessageType == WebSocketMessageType.Close)
                return new Turn(IsClosed: true, Next: null);

            if (length > maxFrameBytes)
                await connection.RefuseTooLargeAsync(maxFrameBytes).ConfigureAwait(false);
            else if (isFlood)
                await connection.RefusePiecesAsync().ConfigureAwait(false);
            else if (result.MessageType == WebSocketMessageType.Binary)
                await connection.RefuseBinaryAsync().ConfigureAwait(false);
            else
                return await TakeAsync(socket, connection, connection.ReceiveAsync(buffer.AsMemory(0, length))).ConfigureAwait(false);

            return default;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ValueTask<Turn> TakeAsync(WebSocket socket, SignalingConnection connection, ValueTask taking) =>
        taking.IsCompletedSuccessfully ? default : new ValueTask<Turn>(ReadOnAsync(socket, connection, taking.AsTask()));

    /// <summary>Waits until a frame was taken, which takes a while where somebody decides about it, and reads on meanwhile: a connection that
    /// is not read answers no heartbeat, and its end is not seen.</summary>
    private static async Task<Turn> ReadOnAsync(WebSocket socket, SignalingConnection connection, Task taking)
    {
        Task<ValueWebSocketReceiveResult> next = socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).AsTask();
        await Task.WhenAny(taking, next).ConfigureAwait(false);
        if (next is { IsCompleted: true, IsCompletedSuccessfully: false })
            connection.Closed(byClient: false);
        else if (next.IsCompleted && (await next.ConfigureAwait(false)).MessageType == WebSocketMessageType.Close)
            connection.Closed(byClient: true);

        await taking.ConfigureAwait(false);
        return new Turn(IsClosed: false, next);
    }

    private static byte[] Grow(byte[] buffer, int maxFrameBytes)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Min(2 * buffer.Length, maxFrameBytes + 1));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    // After the seat was given up: a client that closes and reads nothing does not hold it.
    private static async Task AnswerCloseAsync(WebSocket socket, TimeSpan patience)
    {
        using CancellationTokenSource impatience = new(patience, TimeProvider.System);
        try
        {
            await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, null, impatience.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            // It did not wait for the answer.
        }
    }

    private static bool IsLoss(Exception exception) =>
        exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException;

    /// <summary>What has come of one frame.</summary>
    /// <param name="IsClosed">The client has closed instead.</param>
    /// <param name="Next">The reading of the next, if it has begun.</param>
    private readonly record struct Turn(bool IsClosed, Task<ValueWebSocketReceiveResult>? Next);
}
