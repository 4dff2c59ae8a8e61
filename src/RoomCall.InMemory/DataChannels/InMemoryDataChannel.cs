using RoomCall.DataChannels;

namespace RoomCall.InMemory;

/// <summary>
/// One side of a data channel. Its state is under its connection's lock; its observer is called by the connection's inbox, so that no two
/// calls overlap.
/// </summary>
/// <remarks>What either side sent before it closed is delivered before either side is closed, as long as both observers take it.</remarks>
internal sealed partial class InMemoryDataChannel(InMemoryPeerConnection owner, string label, DataChannelOptions options) : IDataChannelTransport
{
    /// <summary>What may be on the way or not yet taken by the other observer.</summary>
    private const int Window = 1024 * 1024;

    private IDataChannelTransportObserver? _observer;
    private InMemoryDataChannel? _remote;
    private Exception? _error;
    private volatile DataChannelState _state;
    private volatile int _id = -1;
    private bool _isOpened;
    private bool _isCloseWanted;
    private bool _isCloseSent;
    private bool _isCloseReceived;
    private bool _isAbandoned;

    public int? Id => _id < 0 ? null : _id;

    public string Label { get; } = label;

    public DataChannelOptions Options { get; } = options;

    public DataChannelState State => _state;

    public int MaxMessageSize => owner.Association.MaxMessageSize;

    /// <summary>Whether the remote side was told of the channel.</summary>
    public bool IsAnnounced { get; private set; }

    public void Attach(IDataChannelTransportObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        using (owner.Enter())
        {
            if (_observer is not null) throw new InvalidOperationException("The channel has an observer already: attach one, once.");
            _observer = observer;
            PostDelivery(_isAbandoned ? WorkKind.End : WorkKind.Notice);
        }
    }

    public void Close()
    {
        using (owner.Enter())
        {
            if (_isCloseWanted || _state >= DataChannelState.Closing) return;
            _isCloseWanted = true;
            _state = DataChannelState.Closing;
            Flush();
            PostDelivery();
        }
    }

    /// <summary>Whether the channel still waits to be announced to the remote side.</summary>
    public bool BeginOpening() => _state == DataChannelState.Connecting && !IsAnnounced;

    /// <summary>The remote side is told of the channel under this number.</summary>
    public void Announce(int? id)
    {
        IsAnnounced = true;
        _id = id ?? -1;
    }

    /// <summary>The remote side knows the channel.</summary>
    public void OnOpened(InMemoryDataChannel remote)
    {
        if (_isOpened || _state == DataChannelState.Closed) return;
        _remote = remote;
        _isOpened = true;
        IsAnnounced = true;
        _lastDue = owner.Packets.LastDue;
        if (_state == DataChannelState.Connecting) _state = DataChannelState.Open;
        Flush();
        PostDelivery();
    }

    /// <summary>The remote side is gone. What had arrived is still delivered.</summary>
    public void CutOff(Exception error)
    {
        if (_isCloseReceived)
        {
            // It had said all it wished to say: this is no loss, but where this side had more to send.
            _isCloseSent = true;
            _inFlight = 0;
        }

        if (!_isCloseReceived || _buffered > 0) _error ??= error;
        _state = DataChannelState.Closed;
        DropQueue();
        PostDelivery();
    }

    /// <summary>This side is disposed: nothing is delivered any more but that the channel is closed.</summary>
    public void Abandon(Exception? error)
    {
        _isAbandoned = true;
        _error ??= error;
        _state = DataChannelState.Closed;
        _arrived?.Clear();
        DropQueue();
    }

    private void OnCloseReceived()
    {
        if (!owner.Capabilities.DataChannelClose)
        {
            OnCreditWanted(); // a poorer engine does not see it
            return;
        }

        _isCloseReceived = true;
        PostDelivery();
    }

    /// <summary>Whether both directions have ended.</summary>
    private bool IsFinished => _isAbandoned || _error is not null
        || (_isCloseSent && _inFlight == 0 && (_isCloseReceived || !IsAnnounced || !owner.Capabilities.DataChannelClose));

    private void PostDelivery(WorkKind kind = WorkKind.Notice) =>
        owner.Inbox.Post(static (_, channel) => ((InMemoryDataChannel)channel!).Deliver(), this, kind);
}
