using RoomCall.DataChannels;

namespace RoomCall.InMemory;

internal sealed partial class InMemoryDataChannel
{
    private Queue<(DataMessage Message, int Size, long QueuedAt)>? _queue;
    private long _buffered;
    private long _threshold;
    private long _inFlight;
    private long _lastDue;
    private bool _isLow;

    public long BufferedAmount => Interlocked.Read(ref _buffered);

    public long BufferedAmountLowThreshold
    {
        get => Interlocked.Read(ref _threshold);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            Interlocked.Exchange(ref _threshold, value);
        }
    }

    public void Send(DataMessage message)
    {
        int size = message.Size;
        using (owner.Enter())
        {
            if (_state != DataChannelState.Open)
                throw new InvalidOperationException($"The data channel '{Label}' is not open: it is {_state}. Send while it is open.");
            if (size > MaxMessageSize)
            {
                throw new ArgumentException(
                    $"The message has {size} bytes; this connection takes at most {MaxMessageSize}. Cut it into parts.", nameof(message));
            }

            if (_buffered == 0 && _queue is not { Count: > 0 } && MayTransmit(size))
            {
                Transmit(message, size);
                return;
            }

            long now = Options.MaxPacketLifeTime is null ? 0 : owner.Network.Time.GetTimestamp();
            (_queue ??= new()).Enqueue((message, size, now));
            _buffered += size;
        }
    }

    /// <summary>Sends what waits, as far as the window allows; and then that the channel closes, if it does.</summary>
    public void Flush()
    {
        if (_state == DataChannelState.Closed) return;
        long before = _buffered;
        while (_isOpened && _queue is not null && _queue.TryPeek(out (DataMessage Message, int Size, long QueuedAt) next) && MayTransmit(next.Size))
        {
            _queue.Dequeue();
            _buffered -= next.Size;
            if (Options.MaxPacketLifeTime is not { } life || owner.Network.Time.GetElapsedTime(next.QueuedAt) <= life)
                Transmit(next.Message, next.Size);
        }

        if (before > _threshold && _buffered <= _threshold)
        {
            _isLow = true;
            PostDelivery();
        }

        if (!_isCloseWanted || _isCloseSent || _queue is { Count: > 0 } || (IsAnnounced && !_isOpened)) return;
        _isCloseSent = true;
        if (!IsAnnounced) return;
        owner.Packets.StayBehind(_lastDue);
        owner.SendReliably(
            owner.Capabilities.DataChannelClose
                ? static (_, remote) => ((InMemoryDataChannel)remote!).OnCloseReceived()
                : static (_, remote) => ((InMemoryDataChannel)remote!).OnCreditWanted(),
            _remote);
    }

    /// <summary>The other observer has taken messages.</summary>
    private void OnTaken(long cost)
    {
        _inFlight -= cost;
        Flush();
        if (_isCloseSent) PostDelivery();
    }

    /// <summary>Whether the window has room. The other side holds small credits back, up to a quarter of the window, so with no more than
    /// that in flight a message of any size may go.</summary>
    private bool MayTransmit(int size) => owner.CanSend
        ? _inFlight + DataPacket.CostOf(size) <= Window || _inFlight < Window / 4
        : !Options.IsReliable;

    private void Transmit(DataMessage message, int size)
    {
        owner.Traffic.Sent(size);

        // The one copy: from here on the caller may change its bytes, and the other observer may keep these.
        DataMessage copy = message.IsText ? message : DataMessage.FromBytes(message.Data.ToArray());
        DataPacket packet = new(this, _remote!, copy, size);
        bool isSent = owner.CanSend && owner.Packets.SendMessage(
            static (_, arrived) => ((DataPacket)arrived!).To.OnArrived((DataPacket)arrived),
            packet,
            Options,
            ref _lastDue);

        // What a reliable channel cannot get through stays in flight for ever; what another loses frees its place.
        if (isSent || Options.IsReliable) _inFlight += packet.Cost;
    }

    private void DropQueue()
    {
        _queue = null;
        _buffered = 0;
    }
}
