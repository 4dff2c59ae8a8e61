using System.Diagnostics.CodeAnalysis;
using RoomCall.Scheduling;

namespace RoomCall.DataChannels;

/// <summary>
/// The sending half of a channel: one queue, in the order of the calls, for what waits to open and for what waits for room; and one
/// thread at a time that hands messages to the transport.
/// </summary>
/// <remarks>
/// No lock is held across a call of the transport: an engine may call back from within, on the same thread
/// (<see cref="OnBufferedAmountLow"/> inside Send) or while it holds a lock of its own. Whoever sets <see cref="_sending"/> alone may
/// send; the others leave their message in the queue, and what they have to tell in <see cref="_lookAgain"/>.
/// </remarks>
internal sealed class SendSide(CallDataChannel channel, DataChannelLimits limits) : IThreadPoolWorkItem
{
    /// <summary>How many messages of others a sender's thread hands on before it gives that work to the thread pool.</summary>
    private const int Turn = 64;

    private readonly Lock _gate = new();
    private readonly SendQueue _queue = new(limits.SendQueueLimit);
    private IDataChannelTransport? _transport;
    private ChannelFailure? _failure;
    private bool _open;
    private bool _sending;
    private bool _lookAgain;
    private bool _refusing;
    private bool _ended;
    private bool _closeWhenSent;
    private long _sent;

    public long BufferedAmount => _queue.Bytes + (Volatile.Read(ref _transport)?.BufferedAmount ?? 0);

    public int MaxMessageSize => Volatile.Read(ref _transport)?.MaxMessageSize ?? 0;

    /// <summary>How many messages the transport has taken.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public void Attach(IDataChannelTransport transport)
    {
        // Half, so that the network does not run dry while the waiting senders wake up.
        transport.BufferedAmountLowThreshold = limits.SendBufferLimit / 2;
        Volatile.Write(ref _transport, transport);
    }

    /// <summary>Forgets a transport that never opened.</summary>
    public void Detach() => Volatile.Write(ref _transport, null);

    public RoomCallException ToClosedException() => ChannelFailure.ForSender(_failure);

    /// <summary>Sends a message whose bytes may change after the return.</summary>
    public ValueTask SendAsync(DataMessage message, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        if (Volatile.Read(ref _refusing))
        {
            return ValueTask.FromException(ToClosedException());
        }

        int size = message.Size;
        int largest = MaxMessageSize;
        if (largest > 0 && size > largest)
        {
            return ValueTask.FromException(ChannelFailure.TooLarge(size, largest).ToException());
        }

        if (!message.IsText)
        {
            message = DataMessage.FromBytes(message.Data.ToArray());
        }

        PendingSend? waiting = null;
        lock (_gate)
        {
            if (_refusing)
            {
                return ValueTask.FromException(ToClosedException());
            }

            if (!_open)
            {
                return _queue.TryAddBeforeOpen(message, size)
                    ? ValueTask.CompletedTask
                    : ValueTask.FromException(ChannelFailure.QueueFull(size, limits.SendQueueLimit).ToException());
            }

            if (_sending || !_queue.IsEmpty)
            {
                waiting = new(message, size, senderWaits: true);
                _queue.AddLast(waiting);
            }
            else
            {
                _sending = true;
            }
        }

        return waiting is null ? SendAlone(message, size, cancellationToken) : SendInTurn(waiting, cancellationToken);
    }

    /// <summary>The transport is open: what waits is sent, on the thread pool since an engine's callback only posts.</summary>
    public void Open()
    {
        lock (_gate)
        {
            if (_open || _ended)
            {
                return;
            }

            _open = true;
        }

        OnBufferedAmountLow();
    }

    public void OnBufferedAmountLow()
    {
        if (TryBeginSending())
        {
            DeterministicContext.Queue(this);
        }
    }

    void IThreadPoolWorkItem.Execute() => SendWaiting();

    /// <summary>From now on sending is refused; what waits is not touched.</summary>
    public void Refuse(ChannelFailure? failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
            Volatile.Write(ref _refusing, true);
        }
    }

    /// <summary>Closes the transport once nothing waits. Sending is refused already.</summary>
    public void CloseWhenSent()
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            if (_sending || !_queue.IsEmpty)
            {
                _closeWhenSent = true;
                return;
            }
        }

        channel.CloseTransport();
    }

    /// <summary>Fails the senders that wait. Sending is refused already.</summary>
    /// <returns>How many messages that nobody waits for, since they were taken before the channel opened, are not sent.</returns>
    public int End()
    {
        PendingSend[] waiting;
        lock (_gate)
        {
            _ended = true;
            _closeWhenSent = false;
            waiting = _queue.TakeAll();
        }

        int taken = 0;
        foreach (PendingSend pending in waiting)
        {
            _queue.Settle(pending);
            if (pending.Sent is null)
            {
                taken++;
            }
            else
            {
                pending.Sent.TrySetException(ToClosedException());
            }
        }

        return taken;
    }

    /// <summary>Sends with nobody before and nothing queued: the case that must be fast. The caller has set <see cref="_sending"/>.</summary>
    private ValueTask SendAlone(DataMessage message, int size, CancellationToken cancellationToken)
    {
        if (!HasRoom())
        {
            PendingSend waiting = new(message, size, senderWaits: true);
            lock (_gate)
            {
                if (_ended)
                {
                    waiting.Sent!.TrySetException(ToClosedException());
                }
                else
                {
                    // First: others that came meanwhile came later.
                    _queue.AddFirst(waiting);
                }
            }

            SendWaiting();
            return Wait(waiting, cancellationToken);
        }

        ValueTask result = ValueTask.CompletedTask;
        try
        {
            _transport!.Send(message);
            _sent++;
        }
        catch (Exception exception)
        {
            result = ValueTask.FromException(ChannelFailure.ForSender(ChannelFailure.CutOff(exception)));
        }

        SendWaiting();
        return result;
    }

    private ValueTask SendInTurn(PendingSend waiting, CancellationToken cancellationToken)
    {
        if (TryBeginSending())
        {
            SendWaiting();
        }

        return Wait(waiting, cancellationToken);
    }

    private ValueTask Wait(PendingSend waiting, CancellationToken cancellationToken)
    {
        Task sent = waiting.Sent!.Task;
        return sent.IsCompleted || !cancellationToken.CanBeCanceled
            ? new(DeterministicContext.Follow(sent))
            : new(WaitAsync(waiting, cancellationToken));
    }

    private async Task WaitAsync(PendingSend waiting, CancellationToken cancellationToken)
    {
        using (cancellationToken.UnsafeRegister((_, token) => Withdraw(waiting, token), null))
        {
            await waiting.Sent!.Task.ConfigureAwait(DeterministicContext.IsCurrent);
        }
    }

    private void Withdraw(PendingSend waiting, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_queue.TryRemove(waiting))
            {
                return;
            }
        }

        _queue.Settle(waiting);
        waiting.Sent!.TrySetCanceled(cancellationToken);

        // A closing that waited for this message alone goes on.
        OnBufferedAmountLow();
    }

    /// <summary>Asks the engine. One that cannot even say fails the channel; what is sent then fails too.</summary>
    private bool HasRoom()
    {
        try
        {
            return _transport!.BufferedAmount < limits.SendBufferLimit;
        }
        catch (Exception exception)
        {
            channel.Fail(ChannelFailure.CutOff(exception));
            return true;
        }
    }

    private bool TryBeginSending()
    {
        lock (_gate)
        {
            if (!_open)
            {
                return false;
            }

            if (_sending)
            {
                _lookAgain = true;
                return false;
            }

            return _sending = _closeWhenSent || !_queue.IsEmpty;
        }
    }

    /// <summary>Sends what waits while there is room. The caller has set <see cref="_sending"/>; it is given back.</summary>
    private void SendWaiting()
    {
        for (int sent = 0; sent < Turn; sent++)
        {
            if (!TryTakeNext(out PendingSend? next))
            {
                return;
            }

            Send(next);
        }

        DeterministicContext.Queue(this);
    }

    private bool TryTakeNext([NotNullWhen(true)] out PendingSend? next)
    {
        next = null;
        bool? room = null;
        while (true)
        {
            lock (_gate)
            {
                if (_queue.IsEmpty)
                {
                    _sending = false;
                    if (!_closeWhenSent)
                    {
                        return false;
                    }

                    _closeWhenSent = false;
                    break;
                }

                if (room is true)
                {
                    return _queue.TryTake(out next);
                }

                // What was told while we looked may be newer than what we saw.
                if (room is false && !_lookAgain)
                {
                    _sending = false;
                    return false;
                }

                _lookAgain = false;
            }

            room = HasRoom();
        }

        channel.CloseTransport();
        return false;
    }

    private void Send(PendingSend next)
    {
        try
        {
            // Checked again: what was taken before the channel opened may be more than it turned out to allow.
            int largest = MaxMessageSize;
            if (next.Sent is null && largest > 0 && next.Size > largest)
            {
                channel.Fail(ChannelFailure.TooLarge(next.Size, largest));
                channel.ReportUnsent(1);
                return;
            }

            _transport!.Send(next.Message);
            _sent++;
            next.Sent?.TrySetResult();
        }
        catch (Exception exception)
        {
            ChannelFailure failure = ChannelFailure.CutOff(exception);
            if (next.Sent is not null)
            {
                next.Sent.TrySetException(ChannelFailure.ForSender(failure));
            }
            else
            {
                // Its sender was told that it is taken, and can only learn from the channel that it is not sent.
                channel.Fail(failure);
                channel.ReportUnsent(1);
            }
        }
        finally
        {
            _queue.Settle(next);
        }
    }
}
