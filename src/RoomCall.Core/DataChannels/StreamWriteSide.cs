using RoomCall.Scheduling;

namespace RoomCall.DataChannels;

/// <summary>The writing half of a stream: cuts into messages, counts, and marks the end. One call at a time.</summary>
internal sealed class StreamWriteSide(CallDataChannel channel, DataChannelStreamOptions options)
{
    private long _written;
    private bool _completed;
    private bool _broken;

    /// <summary>Whether the end is marked.</summary>
    public bool IsCompleted => _completed;

    /// <summary>Whether a write failed or was cancelled: what the other side has is not what was meant, and must not be marked whole.</summary>
    public bool IsBroken => _broken;

    public bool HasWritten => _written > 0;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        ThrowIfEnded();
        bool whole = false;
        try
        {
            // Not into the queue before opening: a stream is larger than that.
            if (channel.State == DataChannelState.Connecting)
            {
                await channel.WhenOpenAsync(cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
            }

            int chunkSize = channel.MaxMessageSize > 0 ? Math.Min(options.ChunkSize, channel.MaxMessageSize) : options.ChunkSize;
            while (!buffer.IsEmpty)
            {
                ReadOnlyMemory<byte> chunk = buffer[..Math.Min(chunkSize, buffer.Length)];
                await channel.SendAsync(chunk, cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
                buffer = buffer[chunk.Length..];
                _written += chunk.Length;
                options.Written?.Report(_written);
            }

            whole = true;
        }
        catch (RoomCallException exception)
        {
            throw new IOException($"The stream broke after {_written} bytes were written: the data channel failed.", exception);
        }
        finally
        {
            _broken |= !whole;
        }
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_completed)
        {
            return;
        }

        ThrowIfEnded();
        try
        {
            await channel.SendAsync(StreamEnd.Format(_written), cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
            _completed = true;
        }
        catch (RoomCallException exception)
        {
            _broken = true;
            throw new IOException(
                $"The end of the stream could not be marked after {_written} bytes were written: the data channel failed.", exception);
        }
    }

    /// <summary>The end is not to be marked any more.</summary>
    public void Break() => _broken = true;

    private void ThrowIfEnded()
    {
        if (_completed)
        {
            throw new InvalidOperationException("The writes are complete: nothing can be written to this stream any more.");
        }

        if (_broken)
        {
            throw new IOException(
                $"The stream broke after {_written} bytes were written, in a write that failed or was cancelled: "
                + "begin again with a further channel.");
        }
    }
}
