using System.Runtime.InteropServices;
using System.Text;
using RoomCall.DataChannels;
using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>One data channel. SIPSorcery drops in silence what is sent on a channel that is not open, and tells neither when its buffer falls
/// nor when a channel closes: that is done here. Its fields change on the <see cref="EventLine"/>, or under the gate of the backlog.</summary>
internal sealed class SipSorceryDataChannel(
    string label,
    DataChannelOptions options,
    EventLine line,
    SendBacklog backlog,
    ChannelTraffic traffic,
    Func<int> maxMessageSize,
    Action<SipSorceryDataChannel> onClosed) : IDataChannelTransport
{
    private readonly Queue<Action<IDataChannelTransportObserver>> _early = new(); // used on the line only
    private IDataChannelTransportObserver? _observer;
    private long _bufferedAmountLowThreshold;
    private long _bufferedAmount;
    private int _state = (int)DataChannelState.Connecting;

    public string Label => label;

    public DataChannelOptions Options => options;

    public int? Id => Inner?.id;

    public DataChannelState State => (DataChannelState)Volatile.Read(ref _state);

    public int MaxMessageSize => maxMessageSize();

    public long BufferedAmount => Interlocked.Read(ref _bufferedAmount);

    public long BufferedAmountLowThreshold
    {
        get => Interlocked.Read(ref _bufferedAmountLowThreshold);
        set => Interlocked.Exchange(ref _bufferedAmountLowThreshold, value);
    }

    /// <summary>What is sent and not yet given to SIPSorcery; the backlog's, under its gate.</summary>
    public Queue<OutgoingMessage> Waiting { get; } = new();

    /// <summary>SIPSorcery's channel; null while it is being made.</summary>
    public RTCDataChannel? Inner { get; private set; }

    public void Attach(IDataChannelTransportObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        line.Tell(() =>
        {
            _observer = observer;
            while (_early.TryDequeue(out Action<IDataChannelTransportObserver>? tell))
                tell(observer);
        });
    }

    public void Send(DataMessage message)
    {
        int size = message.Size;
        if (size > MaxMessageSize)
            throw new ArgumentException($"The message has {size} bytes; the largest that may be sent has {MaxMessageSize}.", nameof(message));
        if (State != DataChannelState.Open || Inner?.id is not { } id)
            throw new InvalidOperationException($"The data channel is not open but {State}.");

        // An empty message is one zero byte on the wire, under an identifier of its own (RFC 8831, section 6.6).
        ArraySegment<byte> bytes = size == 0 ? new byte[1] : BytesOf(message);
        DataChannelPayloadProtocols kind = (message.IsText, size) switch
        {
            (true, 0) => DataChannelPayloadProtocols.WebRTC_String_Empty,
            (true, _) => DataChannelPayloadProtocols.WebRTC_String,
            (false, 0) => DataChannelPayloadProtocols.WebRTC_Binary_Empty,
            _ => DataChannelPayloadProtocols.WebRTC_Binary,
        };
        backlog.Send(new OutgoingMessage(this, id, (uint)kind, bytes));
        traffic.Sent(size);
    }

    public void Close()
    {
        if (Interlocked.CompareExchange(ref _state, (int)DataChannelState.Closing, (int)DataChannelState.Open) == (int)DataChannelState.Open)
        {
            Tell(static observer => observer.OnClosing());
            backlog.WhenDelivered(this);
        }
        else if (State == DataChannelState.Connecting)
        {
            Closed(null);
        }
    }

    /// <summary>SIPSorcery has made the channel.</summary>
    public void Made(RTCDataChannel inner)
    {
        Inner = inner;
        inner.onopen += Opened;
        if (inner.IsOpened)
            Opened();
    }

    /// <summary>Both sides have the channel.</summary>
    public void Opened()
    {
        if (Interlocked.CompareExchange(ref _state, (int)DataChannelState.Open, (int)DataChannelState.Connecting) == (int)DataChannelState.Connecting)
            Tell(static observer => observer.OnOpen());
    }

    /// <summary>The channel is closed, and nothing follows.</summary>
    /// <param name="error">Why it was cut off; null: somebody wished it.</param>
    public void Closed(Exception? error)
    {
        if (Interlocked.Exchange(ref _state, (int)DataChannelState.Closed) == (int)DataChannelState.Closed)
            return;

        Tell(observer => observer.OnClosed(error));
        Inner?.close();
        onClosed(this);
    }

    /// <summary>A message has come.</summary>
    public void Received(uint kind, byte[] bytes)
    {
        if (State == DataChannelState.Closed)
            return;

        DataMessage message = (DataChannelPayloadProtocols)kind switch
        {
            DataChannelPayloadProtocols.WebRTC_String => DataMessage.FromText(Encoding.UTF8.GetString(bytes)),
            DataChannelPayloadProtocols.WebRTC_String_Empty => DataMessage.FromText(""),
            DataChannelPayloadProtocols.WebRTC_Binary_Empty => DataMessage.FromBytes(default),
            _ => DataMessage.FromBytes(bytes),
        };
        traffic.Received(message.Size);
        Tell(observer => Forget(observer.OnMessageAsync(message)));
    }

    /// <summary>The backlog has taken bytes, or given them to the network. Called under its gate.</summary>
    /// <returns>Whether the amount has fallen to the threshold.</returns>
    public bool Buffered(int bytes)
    {
        long now = Interlocked.Add(ref _bufferedAmount, bytes);
        long threshold = BufferedAmountLowThreshold;
        return bytes < 0 && now <= threshold && now - bytes > threshold;
    }

    public void BufferedAmountLow() => Tell(static observer => observer.OnBufferedAmountLow());

    private void Tell(Action<IDataChannelTransportObserver> tell) => line.Tell(() =>
    {
        if (_observer is { } observer)
            tell(observer);
        else
            _early.Enqueue(tell);
    });

    // Its reader bounds what it holds, and closes the channel when it holds too much: SIPSorcery cannot be told to wait.
    private static void Forget(ValueTask taking)
    {
        if (!taking.IsCompletedSuccessfully)
            _ = taking.AsTask().ContinueWith(static task => _ = task.Exception, TaskScheduler.Default);
    }

    private static ArraySegment<byte> BytesOf(DataMessage message)
    {
        if (message.IsText)
            return Encoding.UTF8.GetBytes(message.Text);

        return MemoryMarshal.TryGetArray(message.Data, out ArraySegment<byte> bytes) ? bytes : message.Data.ToArray();
    }
}
