using System.Buffers;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using RoomCall.Server;

namespace RoomCall.AspNetCore;

/// <summary>Reads the frames of one stream of a hub and hands them to the server, until it ends.</summary>
internal sealed class HubSession(HubLink link, SignalingConnection connection, HubHeartbeat heartbeat, int maxFrameBytes)
{
    /// <summary>Reads until the stream has ended, and tells the server.</summary>
    /// <param name="frames">What the client says.</param>
    /// <param name="lost">The client is gone.</param>
    public async Task RunAsync(ChannelReader<string> frames, CancellationToken lost)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(lost, link.Aborted);
        bool byClient = false;
        try
        {
            await ReadAllAsync(frames, stop.Token).ConfigureAwait(false);

            // SignalR ends the client's stream by itself when ours has ended, and that ends when the client is gone.
            byClient = !lost.IsCancellationRequested && !link.IsClosed;
        }
        catch (Exception exception) when (exception is OperationCanceledException or HubException)
        {
            // The connection is lost, or the client has sent what is no text; the server keeps the seat for a while.
        }
        finally
        {
            heartbeat.Dispose();
            connection.Closed(byClient);
            link.End();
        }
    }

    private async Task ReadAllAsync(ChannelReader<string> frames, CancellationToken stop)
    {
        try
        {
            while (await frames.WaitToReadAsync(stop).ConfigureAwait(false))
            {
                await TakeAllAsync(frames, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What came before the client was gone counts: it may have said that it leaves.
            await TakeAllAsync(frames, stop).ConfigureAwait(false);
        }
    }

    private async ValueTask TakeAllAsync(ChannelReader<string> frames, CancellationToken stop)
    {
        while (frames.TryRead(out string? frame))
        {
            heartbeat.Heard();
            ValueTask taking = TakeAsync(frame ?? "");
            if (!taking.IsCompletedSuccessfully)
                await WaitAsync(taking, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Somebody takes a while to decide about a frame: meanwhile it says nothing about the client that nothing is read of it, but that
    /// it is gone is seen.</summary>
    private async ValueTask WaitAsync(ValueTask taking, CancellationToken stop)
    {
        heartbeat.IsPaused = true;
        using (stop.UnsafeRegister(static connection => ((SignalingConnection)connection!).Closed(byClient: false), connection))
        {
            await taking.ConfigureAwait(false);
        }

        heartbeat.Heard();
        heartbeat.IsPaused = false;
    }

    private ValueTask TakeAsync(string frame)
    {
        int length = Encoding.UTF8.GetByteCount(frame);
        if (length > maxFrameBytes)
            return connection.RefuseTooLargeAsync(maxFrameBytes);

        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        ValueTask taking = connection.ReceiveAsync(buffer.AsMemory(0, Encoding.UTF8.GetBytes(frame, buffer)));
        if (!taking.IsCompletedSuccessfully)
            return ReturnAsync(taking, buffer);

        ArrayPool<byte>.Shared.Return(buffer);
        return default;
    }

    private static async ValueTask ReturnAsync(ValueTask taking, byte[] buffer)
    {
        try
        {
            await taking.ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
