using RoomCall.DataChannels;
using RoomCall.Scheduling;

namespace RoomCall.InMemory;

internal sealed partial class InMemoryDataChannel
{
    private Queue<DataPacket>? _arrived;
    private long _taken;
    private bool _isTaking;
    private bool _isCreditWanted;
    private Told _told;

    /// <summary>What the observer was told already.</summary>
    [Flags]
    private enum Told : byte
    {
        Nothing = 0,
        Open = 1,
        Closing = 2,
        Closed = 4,
    }

    private enum Next
    {
        Nothing,
        Open,
        Low,
        Message,
        Closing,
        Closed,
    }

    /// <summary>Tells the observer what it was not told yet, in order. Called by the inbox only, with no lock held.</summary>
    public void Deliver()
    {
        while (true)
        {
            Next next;
            DataPacket? packet = null;
            using (owner.Enter())
            {
                next = Advance(ref packet);
            }

            if (next == Next.Nothing) return;
            try
            {
                Tell(next, packet);
            }
            catch (Exception)
            {
                // An observer has promised not to throw. One that does must not end the delivery to all others on this thread.
                if (packet is not null) OnTakenHere(packet);
            }
        }
    }

    private void OnArrived(DataPacket packet)
    {
        using (owner.Enter())
        {
            if (_state == DataChannelState.Closed)
            {
                // The other side may not know that this one is closed: what it sends is taken, and shown to nobody.
                _taken += packet.Cost;
                ReturnCredit(Window / 4);
                return;
            }

            // Unordered data may overtake the acknowledgement of the channel, and acknowledges it as well (RFC 8832, section 6).
            if (!_isOpened) OnOpened(packet.From);
            owner.Traffic.Received(packet.Size);
            (_arrived ??= new()).Enqueue(packet);
        }

        Deliver();
    }

    private Next Advance(ref DataPacket? packet)
    {
        if (_observer is null || owner.IsSilent || _told.HasFlag(Told.Closed)) return Next.Nothing;
        if (_isOpened && !_isAbandoned && !_told.HasFlag(Told.Closing) && TellOnce(Told.Open)) return Next.Open;
        if (_isLow)
        {
            _isLow = false;
            if (!_isAbandoned) return Next.Low;
        }

        if (_isCloseWanted && TellOnce(Told.Closing)) return Next.Closing;
        if (!_isAbandoned)
        {
            if (_isTaking) return Next.Nothing;
            if (_arrived is not null && _arrived.TryDequeue(out packet))
            {
                _isTaking = true;
                return Next.Message;
            }

            if (_isCloseReceived) AnswerClose();
            if (_isCloseReceived && TellOnce(Told.Closing)) return Next.Closing;
        }

        if (!IsFinished) return Next.Nothing;
        _state = DataChannelState.Closed;
        owner.Association.Forget(this);
        _told |= Told.Closed;
        return Next.Closed;
    }

    /// <summary>The other side's messages are all taken: this side closes as well, when its own are sent.</summary>
    private void AnswerClose()
    {
        ReturnCredit(least: 1);
        if (_isCloseWanted) return;
        _isCloseWanted = true;
        if (_state == DataChannelState.Open) _state = DataChannelState.Closing;
        Flush();
    }

    private bool TellOnce(Told what)
    {
        if (_told.HasFlag(what)) return false;
        _told |= what;
        return true;
    }

    private void Tell(Next next, DataPacket? packet)
    {
        switch (next)
        {
            case Next.Open:
                _observer!.OnOpen();
                break;
            case Next.Low:
                _observer!.OnBufferedAmountLow();
                break;
            case Next.Closing:
                _observer!.OnClosing();
                break;
            case Next.Closed:
                _observer!.OnClosed(_error);
                break;
            default:
                ValueTask taking = _observer!.OnMessageAsync(packet!.Message);
                if (taking.IsCompletedSuccessfully)
                {
                    taking.GetAwaiter().GetResult();
                    OnTakenHere(packet);
                }
                else
                {
                    if (!owner.Capabilities.ReceiveBackPressure) OnTakenHere(packet);
                    _ = WaitAsync(taking, packet);
                }

                break;
        }
    }

    private async Task WaitAsync(ValueTask taking, DataPacket packet)
    {
        try
        {
            await taking.ConfigureAwait(DeterministicContext.IsCurrent);
        }
        catch (Exception)
        {
            // As for an observer that throws: the message was shown, and the next one is due.
        }

        if (!owner.Capabilities.ReceiveBackPressure) return;
        OnTakenHere(packet);
        using (owner.Enter()) PostDelivery();
    }

    private void OnTakenHere(DataPacket packet)
    {
        using (owner.Enter())
        {
            _isTaking = false;
            _taken += packet.Cost;
            ReturnCredit(_isCreditWanted ? 1 : Window / 4);
        }
    }

    /// <summary>The sender has sent its last and waits until it is taken.</summary>
    private void OnCreditWanted()
    {
        _isCreditWanted = true;
        ReturnCredit(least: 1);
    }

    /// <summary>Tells the sender what was taken, once it is worth a packet.</summary>
    private void ReturnCredit(long least)
    {
        if (_taken < least || _remote is null || _isAbandoned) return;
        owner.SendReliably(
            static (_, credit) =>
            {
                (InMemoryDataChannel sender, long cost) = ((InMemoryDataChannel, long))credit!;
                sender.OnTaken(cost);
            },
            (_remote, _taken));
        _taken = 0;
    }
}
