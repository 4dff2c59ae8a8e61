using RoomCall.Scheduling;

namespace RoomCall.DataChannels;

/// <summary>
/// A stream of bytes over a data channel (<see cref="IDataChannel.AsStream"/>), in both directions; the other side uses one too.
/// </summary>
/// <remarks>
/// <para>Each direction is a row of binary messages, then one text message that marks its end with the number of bytes in all:
/// <c>{"type":"end","length":1234}</c>. A read returns 0 after that mark only. When the channel closes before it, or the number is
/// another, or another text comes, the read throws <see cref="IOException"/> with a <see cref="RoomCallException"/> inside:
/// what was read is a part, never mistaken for the whole.</para>
/// <para><see cref="CompleteWritesAsync"/> marks the end and leaves the reading open. Disposing marks it too when that was not done, as
/// <c>QuicStream</c> does, waits until what was written has arrived, and closes the channel. The end is never marked after a write
/// failed or was cancelled. When the source of what you write fails, the stream cannot know: call
/// <see cref="Abort"/>, and the other side sees a part.</para>
/// <code>
/// await using DataChannelStream stream = channel.AsStream();
/// try
/// {
///     await file.CopyToAsync(stream, cancellationToken);
///     await stream.CompleteWritesAsync(cancellationToken);
/// }
/// catch
/// {
///     stream.Abort();
///     throw;
/// }
/// </code>
/// <para>Writing waits for the channel to open, and while too much is buffered. One thread may read while another writes; not two of
/// either. The synchronous members block their thread: prefer the asynchronous ones, and never call the former from an observer.</para>
/// </remarks>
public sealed class DataChannelStream : Stream
{
    private readonly CallDataChannel _channel;
    private readonly StreamReadSide _reading;
    private readonly StreamWriteSide _writing;
    private Task? _disposed;

    internal DataChannelStream(CallDataChannel channel, DataChannelStreamOptions options)
    {
        _channel = channel;
        _reading = new(channel.Receiving, options);
        _writing = new(channel, options);
    }

    /// <summary>True until the stream is disposed.</summary>
    public override bool CanRead => _disposed is null;

    /// <summary>True until the writes are complete, or the stream is disposed.</summary>
    public override bool CanWrite => _disposed is null && !_writing.IsCompleted;

    /// <summary>False: bytes pass once.</summary>
    public override bool CanSeek => false;

    /// <summary>Not supported.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Length => throw NoSeeking();

    /// <summary>Not supported; <see cref="DataChannelStreamOptions.Read"/> and <see cref="DataChannelStreamOptions.Written"/> tell how
    /// far it is.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Position
    {
        get => throw NoSeeking();
        set => throw NoSeeking();
    }

    /// <summary>Reads what has arrived, waiting for at least one byte.</summary>
    /// <param name="buffer">Where the bytes go; if empty, the call waits until there are some.</param>
    /// <param name="cancellationToken">Ends the wait; no byte is lost.</param>
    /// <returns>How many bytes were read; 0 at the end that the other side marked.</returns>
    /// <exception cref="IOException">The stream was cut off, or the other side uses none; the cause is inside.</exception>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return _reading.ReadAsync(buffer, cancellationToken);
    }

    /// <inheritdoc cref="ReadAsync(Memory{byte}, CancellationToken)"/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <summary>As <see cref="ReadAsync(Memory{byte}, CancellationToken)"/>, blocking the thread.</summary>
    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Copies all that comes, up to the end that the other side marked, with no buffer between.</summary>
    /// <param name="destination">Where the bytes go.</param>
    /// <param name="bufferSize">Not used: it is the size of the messages that counts.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <returns>A task that ends when all is copied.</returns>
    /// <exception cref="IOException">As for <see cref="ReadAsync(Memory{byte}, CancellationToken)"/>.</exception>
    public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        ValidateCopyToArguments(destination, bufferSize);
        ThrowIfDisposed();
        return _reading.CopyToAsync(destination, cancellationToken);
    }

    /// <summary>Writes in messages of at most <see cref="DataChannelStreamOptions.ChunkSize"/> bytes. Waits for the channel to open,
    /// and while too much is buffered.</summary>
    /// <param name="buffer">The bytes; they may be used again when the task has ended.</param>
    /// <param name="cancellationToken">Ends the writing, after which nothing can be written any more: a part may have been sent.</param>
    /// <returns>A task that ends when the bytes were taken to be sent.</returns>
    /// <exception cref="IOException">The channel closed (the cause is inside), or an earlier write failed or was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The writes are complete.</exception>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return _writing.WriteAsync(buffer, cancellationToken);
    }

    /// <inheritdoc cref="WriteAsync(ReadOnlyMemory{byte}, CancellationToken)"/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <summary>As <see cref="WriteAsync(ReadOnlyMemory{byte}, CancellationToken)"/>, blocking the thread.</summary>
    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Marks the end of what is written here; reading goes on. A second call does nothing.</summary>
    /// <param name="cancellationToken">Ends the wait; the end is then not marked, and the call may be repeated.</param>
    /// <returns>A task that ends when the mark was taken to be sent. That the other side has all of it, only the other side can tell.</returns>
    /// <exception cref="IOException">The channel closed (the cause is inside), or a write failed or was cancelled before.</exception>
    public Task CompleteWritesAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return _writing.CompleteAsync(cancellationToken);
    }

    /// <summary>Closes the channel at once and without marking the end: the other side sees that it has a part. For when what was to be
    /// written cannot be. Safe to call at any moment, and twice.</summary>
    public void Abort()
    {
        _writing.Break();
        _channel.Abort(error: null);
    }

    /// <summary>Does nothing: what is written is on its way already.</summary>
    public override void Flush()
    {
    }

    /// <summary>Does nothing: what is written is on its way already.</summary>
    /// <param name="cancellationToken">Not used.</param>
    /// <returns>A task that has ended.</returns>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Not supported.</summary>
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Seek(long offset, SeekOrigin origin) => throw NoSeeking();

    /// <summary>Not supported.</summary>
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void SetLength(long value) => throw NoSeeking();

    /// <summary>Marks the end of what was written, unless that was done or a write failed; then closes the channel, what was written
    /// arriving first. Safe to call twice.</summary>
    /// <returns>A task that ends when the channel is closed.</returns>
    /// <exception cref="IOException">Something was written, nothing had failed so far, and now the end could not be marked.</exception>
    public override async ValueTask DisposeAsync()
    {
        await (_disposed ??= CloseAsync()).ConfigureAwait(DeterministicContext.IsCurrent);
        await base.DisposeAsync().ConfigureAwait(DeterministicContext.IsCurrent);
        GC.SuppressFinalize(this);
    }

    /// <summary>As <see cref="DisposeAsync"/>, blocking the thread.</summary>
    /// <param name="disposing">Whether this is a dispose.</param>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            (_disposed ??= CloseAsync()).GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    private async Task CloseAsync()
    {
        try
        {
            if (!_writing.IsBroken && !_writing.IsCompleted)
            {
                await _writing.CompleteAsync(CancellationToken.None).ConfigureAwait(DeterministicContext.IsCurrent);
            }
        }
        catch (IOException) when (_reading.IsBroken || !_writing.HasWritten)
        {
            // Nobody is misled: the failure was told before, or there was nothing whose end is missing.
        }
        finally
        {
            await _channel.CloseAsync().ConfigureAwait(DeterministicContext.IsCurrent);
        }
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed is not null, this);

    private static NotSupportedException NoSeeking() => new("A data channel's stream cannot seek: bytes pass once, in order.");
}
