using System.Buffers;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using RoomCall.Server;

namespace RoomCall.AspNetCore;

/// <summary>Reads the frames of one stream of a hub and hands them to the server, until it ends.</summary>
/// <param name="link">The other direction.</param>
/// <param name="connection">The server's side.</param>
/// <param name="heartbeat">Is told that the client is there.</param>
/// <param name="frames">What the client says.</param>
/// <param name="maxFrameBytes">The largest frame that is taken.</param>
internal sealed class HubSession(
    HubLink link, SignalingConnection connection, HubHeartbeat heartbeat, ChannelReader<string> frames, int maxFrameBytes)
{
    private volatile bool _isCutOff;

    /// <summary>Reads until the stream has ended, and tells the server.</summary>
    /// <param name="lost">The client is gone.</param>
    public async Task RunAsync(CancellationToken lost)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(lost, link.Aborted);
        try
        {
            await ReadAllAsync(stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or HubException)
        {
            // The connection is lost, or the client has sent what is no text; the server keeps the seat for a while.
        }
        finally
        {
            heartbeat.Dispose();
            connection.Closed(byClient: !link.IsClosed && HasClientEnded());
            link.End();
        }
    }

    /// <summary>Nobody reads what the server says any more. Behind this SignalR ends by itself what the client says, as if the client had.</summary>
    public void NobodyReads() => _isCutOff = !frames.Completion.IsCompletedSuccessfully;

    private bool HasClientEnded()
    {
        // In this order: what has ended before it was cut off was ended by the client.
        bool hasEnded = frames.Completion.IsCompletedSuccessfully;
        return hasEnded && !_isCutOff;
    }

    private async Task ReadAllAsync(CancellationToken stop)
    {
        try
        {
            while (await frames.WaitToReadAsync(stop).ConfigureAwait(false))
            {
                await TakeAllAsync(stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What came before the client was gone counts: it may have said that it leaves.
            await TakeAllAsync(stop).ConfigureAwait(false);
        }
    }

    private async ValueTask TakeAllAsync(CancellationToken stop)
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
