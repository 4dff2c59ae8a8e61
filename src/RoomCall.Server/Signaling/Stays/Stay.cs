using RoomCall.Signaling;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Server.Signaling;

/// <summary>
/// One stay of a client in a room: keeps the seat and what the client has not got while connections come and go. What is posted goes out
/// at once on the thread that caused it, where the connection is free; where it is not, whoever is sending goes on with it.
/// </summary>
/// <remarks>Two locks. The outer one lets one connection at a time bring frames, so that those of an older connection never mix with those
/// of a newer; the inner one guards the queue. The room's lock may be held around the inner one, never the other way round.</remarks>
internal sealed partial class Stay : IRoomMember
{
    private readonly SignalingServer _server;
    private readonly Lock _incoming = new();
    private readonly Lock _gate = new();
    private readonly string? _userId;
    private readonly bool _isResumable;

    private SignalingConnection? _connection;
    private StayState _state = StayState.Attached;
    private RoomSeat? _seat;
    private bool _isSilent;
    private MessageFrame? _frame;
    private string? _frameOf;

    /// <summary>Makes the stay of a client that asks for a room.</summary>
    /// <param name="server">The server.</param>
    /// <param name="connection">The connection on which it asks.</param>
    /// <param name="userId">Who has signed in.</param>
    /// <param name="isResumable">Whether it gave a secret, and seats are kept.</param>
    public Stay(SignalingServer server, SignalingConnection connection, string? userId, bool isResumable)
    {
        _server = server;
        _connection = connection;
        _userId = userId;
        _isResumable = isResumable;
        _isAhead = connection.IsAhead;
        _token = isResumable ? SignalingProtocol.NewSecret() : null;
    }

    /// <summary>Takes down the seat that the client was given; the connection may have been lost meanwhile.</summary>
    public void Sit(RoomSeat seat)
    {
        Seat = seat;
        bool isEnded;
        lock (_gate)
        {
            isEnded = _state == StayState.Ended;
        }

        if (isEnded)
            seat.Leave(PeerLeftReason.Vanished);
        else
            TellWhetherAway();
    }

    /// <summary>Gives up the seat of a stay that is over, in case whoever ended it has not come to that.</summary>
    /// <returns>False for a stay that is not over.</returns>
    public bool LeaveIfOver()
    {
        lock (_gate)
        {
            if (_state is not (StayState.Ending or StayState.Ended))
                return false;
        }

        Seat?.Leave(PeerLeftReason.Vanished);
        return true;
    }

    /// <summary>The seat, once the client was let in.</summary>
    public RoomSeat? Seat
    {
        get => Volatile.Read(ref _seat);
        set => Volatile.Write(ref _seat, value);
    }

    // --- IRoomMember

    public bool TryPost(RoomEvent roomEvent)
    {
        if (roomEvent is RoomEvent.Message message)
            return TryPostMessage(message);

        ResumeTicket? ticket = _isResumable && roomEvent is RoomEvent.Created or RoomEvent.Joined ? Ticket() : null;
        byte[] frame = ServerFrameJson.Encode(ServerFrame.Of(roomEvent, ticket));

        // Who goes because the server stops is no news for those who go as well.
        if (_server.IsStopping)
        {
            // And one who was not told that it is in the room is told nothing of what is said there.
            if (roomEvent is RoomEvent.Created or RoomEvent.Joined)
                Silence();
            return true;
        }

        lock (_gate)
        {
            return TryQueue(frame, frame.Length, isPooled: false);
        }
    }

    public void Flush() => Pump();

    public void Close(PeerLeftReason reason) => End(
        from: null,
        reason == PeerLeftReason.TooSlow ? EndCode.TooSlow : EndCode.Failed,
        reason == PeerLeftReason.TooSlow
            ? "Too much waits for this client: read faster, and acknowledge what you read."
            : "The server failed with this client: join again.",
        sendRest: false);

    // --- frames of the client

    /// <summary>Takes a frame that counts: only from the connection that holds the seat, and one at a time.</summary>
    /// <returns>Whether it was taken; false when the connection holds the seat no longer.</returns>
    public bool Receive(SignalingConnection from, in ClientFrame frame, int length)
    {
        bool isAckDue;
        lock (_incoming)
        {
            lock (_gate)
            {
                if (_state != StayState.Attached || _connection != from || _server.IsStopping)
                    return false;

                _isConfirmed = true;
                isAckDue = CountReceived(length);
            }

            Pass(frame);
        }

        if (isAckDue)
            Pump();
        return true;
    }

    /// <summary>Leaves the room, as the client asked.</summary>
    public void Leave(SignalingConnection from)
    {
        // All under the outer lock, so that no newer connection takes a seat that is given up.
        lock (_incoming)
        {
            if (!Holds(from))
                return;

            Seat?.Leave();
            End(from, EndCode.Left, "You have left the room.", sendRest: true);
        }
    }

    /// <summary>Ends the stay, and tells the client why.</summary>
    /// <param name="from">The connection that asks for it, in vain if it holds the seat no longer; null: the room.</param>
    /// <param name="code">Why.</param>
    /// <param name="detail">A sentence for people that says what to do.</param>
    /// <param name="sendRest">Whether what waits is sent before.</param>
    /// <param name="leaves">What the others are told of the seat; null: nothing, it is given up already or later.</param>
    public void End(SignalingConnection? from, EndCode code, string detail, bool sendRest, PeerLeftReason? leaves = null)
    {
        SignalingConnection? connection;
        lock (_gate)
        {
            if (_state is StayState.Ending or StayState.Ended || (from is not null && from != _connection))
                return;

            connection = _connection;
            _state = connection is null ? StayState.Ended : StayState.Ending;
            _end = new Ending(code, ServerFrameJson.Encode(new ServerFrame { Type = ServerFrameType.End, Code = code, Detail = detail }));
            _isRestWanted = sendRest;
            _absence?.Stop();
            _absence = null;

            // A client that comes back knows then what it need not send again.
            _isAckDue |= _isResumable && code == EndCode.Restarting && _received > _receivedTold;
            if (connection is null)
                _outgoing.Clear(_inFlight);
        }

        if (leaves is { } reason)
            Seat?.Leave(reason);
        if (connection is not null)
        {
            _server.Metrics.Ended(code);
            connection.LimitClosing();
        }

        Pump();
    }

    /// <summary>From here on what happens in the room is not told to this client any more: it will ask anew.</summary>
    public void Silence()
    {
        lock (_gate)
        {
            _isSilent = true;
        }
    }

    /// <summary>Ends when no frame of the client is being passed on any more.</summary>
    public void AwaitReceived()
    {
        lock (_incoming)
        {
        }
    }

    private bool TryPostMessage(RoomEvent.Message message)
    {
        MessageFrame around = FrameOf(message.From);
        int length = around.LengthOf(message.Payload.Length);
        byte[] frame = FrameBuffers.Rent(length);
        around.Write(message.Payload.Span, frame);
        bool isTaken;
        lock (_gate)
        {
            isTaken = TryQueue(frame, length, isPooled: true);
        }

        if (!isTaken)
            FrameBuffers.Return(frame);
        return isTaken;
    }

    // In a room of two all messages come from one peer. Posts of one stay never overlap but for a refusal, which is no message.
    private MessageFrame FrameOf(string from)
    {
        if (_frame is null || !ReferenceEquals(_frameOf, from))
            (_frame, _frameOf) = (new MessageFrame(from), from);
        return _frame;
    }

    private bool TryQueue(byte[] frame, int length, bool isPooled)
    {
        // One who leaves hears no more, and that is no full queue.
        if (_isSilent || _state is StayState.Ending or StayState.Ended)
        {
            if (isPooled)
                FrameBuffers.Return(frame);
            return true;
        }

        SignalingServerOptions options = _server.Options;
        if (_outgoing.Count >= options.MaxQueuedFrames || (_outgoing.Count > 0 && _outgoing.Bytes + length > options.MaxQueuedBytes))
            return false;

        _outgoing.Add(frame, length, isPooled);
        return true;
    }

    private void Pass(in ClientFrame frame)
    {
        if (Seat is not { } seat)
            return;

        if (frame.Type == ClientFrameType.Park)
            seat.Park(frame.Payload, frame.Generation);
        else
            seat.Relay(frame.Payload, frame.To);
    }

    private bool Holds(SignalingConnection connection)
    {
        lock (_gate)
        {
            return _state == StayState.Attached && _connection == connection;
        }
    }
}
