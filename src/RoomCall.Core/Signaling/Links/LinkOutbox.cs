using RoomCall.Signaling.Protocol;

namespace RoomCall.Signaling.Links;

/// <summary>What goes out on the present link, and in which order: the first frame, then what is not counted, then, once the server has
/// answered, the counted frames.</summary>
internal sealed class LinkOutbox(OutgoingWindow window)
{
    private static readonly byte[] PingFrame = ClientFrameJson.Encode(new ClientFrame { Type = ClientFrameType.Ping });
    private static readonly byte[] PongFrame = ClientFrameJson.Encode(new ClientFrame { Type = ClientFrameType.Pong });

    private readonly Lock _gate = new();
    private byte[]? _first;
    private bool _isOpen;
    private bool _isPingDue;
    private bool _isPongDue;
    private long? _acknowledgement;
    private long? _owed;

    /// <summary>A new link begins.</summary>
    /// <param name="first">What goes out first; null: it has.</param>
    public void Begin(byte[]? first)
    {
        lock (_gate)
        {
            _first = first;
            _isOpen = _isPingDue = _isPongDue = false;
            _acknowledgement = _owed = null;
        }
    }

    /// <summary>The server has answered: counted frames may go out.</summary>
    public void Open()
    {
        lock (_gate)
        {
            _isOpen = true;
        }
    }

    public void Ping()
    {
        lock (_gate)
        {
            _isPingDue = true;
        }
    }

    // One answer for all pings that came until it goes out, so that a server that floods is not answered in kind.
    public void Pong()
    {
        lock (_gate)
        {
            _isPongDue = true;
        }
    }

    public void Acknowledge(long received)
    {
        lock (_gate)
        {
            _acknowledgement = received;
            _owed = null;
        }
    }

    /// <summary>So many have come, which is acknowledged with the next ones, or in a while.</summary>
    public void Owe(long received)
    {
        lock (_gate)
        {
            _owed = received;
        }
    }

    /// <summary>The while is over.</summary>
    /// <returns>Whether there is anything to acknowledge.</returns>
    public bool TrySettle()
    {
        lock (_gate)
        {
            if (_owed is null)
            {
                return false;
            }

            (_acknowledgement, _owed) = (_owed, null);
            return true;
        }
    }

    public bool TryTakeNext(out ReadOnlyMemory<byte> frame)
    {
        lock (_gate)
        {
            frame = TakeUncounted();
            return !frame.IsEmpty || (_isOpen && window.TryTakeNext(out frame));
        }
    }

    private byte[]? TakeUncounted()
    {
        if (_first is { } first)
        {
            _first = null;
            return first;
        }

        if (_isPongDue)
        {
            _isPongDue = false;
            return PongFrame;
        }

        if (_isPingDue)
        {
            _isPingDue = false;
            return PingFrame;
        }

        if (_isOpen && _acknowledgement is { } received)
        {
            _acknowledgement = null;
            return ClientFrameJson.Encode(new ClientFrame { Type = ClientFrameType.Ack, Received = received });
        }

        return null;
    }
}
