using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using RoomCall.Scheduling;

namespace RoomCall.DataChannels;

/// <summary>
/// The receiving half of a channel: what arrived and was not read, within bounds. One writer (the engine), any number of readers.
/// </summary>
internal sealed class ReceiveSide(int limit)
{
    /// <summary>What a message costs beside its bytes: without it, empty messages would have no bound.</summary>
    public const int Overhead = 64;

    /// <summary>How many times the limit an engine that does not wait may push.</summary>
    public const int Tolerance = 4;

    private readonly Lock _gate = new();
    private Channel<DataMessage>? _buffer;
    private TaskCompletionSource? _room;
    private long _buffered;
    private bool _neverWait;
    private bool _ended;

    public int Limit => limit;

    /// <summary>After the end: why the channel ended by neither side's wish; else null.</summary>
    public ChannelFailure? Failure { get; private set; }

    /// <summary>Keeps a message for the readers.</summary>
    /// <param name="message">The message; dropped after <see cref="End"/>.</param>
    /// <param name="room">Ends when there is room for the next.</param>
    /// <returns>False when the engine pushed on beyond all bounds; the message is not kept.</returns>
    public bool TryAdd(DataMessage message, out ValueTask room)
    {
        room = ValueTask.CompletedTask;
        long cost = Cost(message);
        lock (_gate)
        {
            if (_ended)
            {
                return true;
            }

            if (_buffered >= limit && _buffered + cost > (long)Tolerance * limit)
            {
                return false;
            }

            _buffered += cost;
            if (_buffered >= limit && !_neverWait)
            {
                _room ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                room = new(_room.Task);
            }

            Buffer.Writer.TryWrite(message);
            return true;
        }
    }

    /// <summary>Holds the engine up no more: its closing would wait for a reader who may never come.</summary>
    public void NeverWait()
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _neverWait = true;
            room = TakeRoom();
        }

        room?.TrySetResult();
    }

    /// <summary>No more messages: readers get what is there, then the failure or a normal end.</summary>
    public void End(ChannelFailure? failure)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            Failure = failure;
            _buffer?.Writer.TryComplete();
            room = TakeRoom();
        }

        room?.TrySetResult();
    }

    /// <summary>Waits until there may be a message to take.</summary>
    /// <returns>False at the end.</returns>
    public ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken) => Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes the next message, if there is one.</summary>
    public bool TryRead([MaybeNullWhen(false)] out DataMessage message)
    {
        if (!Reader.TryRead(out message))
        {
            return false;
        }

        TaskCompletionSource? room = null;
        lock (_gate)
        {
            _buffered -= Cost(message);
            if (_buffered < limit)
            {
                room = TakeRoom();
            }
        }

        room?.TrySetResult();
        return true;
    }

    /// <summary>Takes the next message, once there is one.</summary>
    public async ValueTask<DataMessage> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (await WaitToReadAsync(cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent))
        {
            if (TryRead(out DataMessage message))
            {
                return message;
            }
        }

        throw Failure?.ToException() ?? ChannelFailure.ForSender(null);
    }

    public async IAsyncEnumerable<DataMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await WaitToReadAsync(cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent))
        {
            // The token is asked before a message is taken, so that none is taken and not given.
            while (!cancellationToken.IsCancellationRequested && TryRead(out DataMessage message))
            {
                yield return message;
            }
        }

        if (Failure is not null)
        {
            throw Failure.ToException();
        }
    }

    private ChannelReader<DataMessage> Reader
    {
        get
        {
            lock (_gate)
            {
                return Buffer.Reader;
            }
        }
    }

    /// <summary>Made when first needed, under the gate: most of the channels that a program holds are idle.</summary>
    private Channel<DataMessage> Buffer
    {
        get
        {
            if (_buffer is null)
            {
                // Unbounded, since the bound is in bytes and kept here.
                _buffer = Channel.CreateUnbounded<DataMessage>(new() { SingleWriter = true });
                if (_ended)
                {
                    _buffer.Writer.TryComplete();
                }
            }

            return _buffer;
        }
    }

    private static long Cost(DataMessage message) => (long)message.Size + Overhead;

    private TaskCompletionSource? TakeRoom()
    {
        TaskCompletionSource? room = _room;
        _room = null;
        return room;
    }
}
