using RoomCall.Scheduling;

namespace RoomCall.DataChannels;

/// <summary>The reading half of a stream: joins messages, counts, and checks the mark of the end. One call at a time.</summary>
internal sealed class StreamReadSide(ReceiveSide source, DataChannelStreamOptions options)
{
    private ReadOnlyMemory<byte> _rest;
    private long _read;
    private bool _ended;
    private Func<IOException>? _failure;

    /// <summary>Whether what came was a part, or no stream at all.</summary>
    public bool IsBroken => _failure is not null;

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!await TryFillAsync(cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent))
        {
            return 0;
        }

        int count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        Advance(count);
        return count;
    }

    /// <summary>Copies message by message, with no buffer between.</summary>
    public async Task CopyToAsync(Stream destination, CancellationToken cancellationToken)
    {
        while (await TryFillAsync(cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent))
        {
            await destination.WriteAsync(_rest, cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
            Advance(_rest.Length);
        }
    }

    /// <summary>Waits until there are bytes to give; false at the end.</summary>
    private async ValueTask<bool> TryFillAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (_rest.IsEmpty && !_ended)
        {
            if (_failure is not null)
            {
                throw _failure();
            }

            if (source.TryRead(out DataMessage message))
            {
                Take(message);
            }
            else if (!await source.WaitToReadAsync(cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent))
            {
                Fail($"The stream was cut off after {_read} bytes: the data channel closed before its end was marked.", source.Failure
                    ?? new(RoomCallErrorCode.DataChannelClosed, "The data channel is closed."));
            }
        }

        return !_rest.IsEmpty;
    }

    private void Take(DataMessage message)
    {
        if (!message.IsText)
        {
            _rest = message.Data;
            return;
        }

        if (!StreamEnd.TryParse(message.Text, out long length))
        {
            Fail($"A text that does not belong into a stream came after {_read} bytes: the other side must use a stream, too.",
                new(RoomCallErrorCode.Malformed, "A stream's only text message is the one that marks its end."));
        }
        else if (length != _read)
        {
            Fail($"The stream was cut off after {_read} bytes: its writer counted {length}.",
                new(RoomCallErrorCode.Malformed, "The number of bytes is not what the mark of the end says."));
        }
        else
        {
            _ended = true;
        }
    }

    private void Advance(int count)
    {
        _rest = _rest[count..];
        _read += count;
        if (count > 0)
        {
            options.Read?.Report(_read);
        }
    }

    private void Fail(string message, ChannelFailure cause) => _failure = () => new(message, cause.ToException());
}
