using RoomCall.Signaling.Protocol;

namespace RoomCall.Server.Signaling;

// What goes out: one piece at a time, by whichever thread finds nobody sending.
internal sealed partial class Stay
{
    private OutgoingFrames _outgoing = new();
    private bool _isPumping;
    private bool _isBroken;
    private bool _isResumedDue;
    private bool _isPongDue;
    private bool _isAckDue;
    private bool _isRestWanted;
    private Ending? _end;

    // The frame that is being sent: it may be acknowledged before the transport has let go of its buffer.
    private long _inFlight;
    private long _acknowledged;

    /// <summary>The client has so many of the numbered frames.</summary>
    /// <returns>False when that cannot be.</returns>
    public bool Acknowledge(SignalingConnection from, long received)
    {
        lock (_gate)
        {
            if (_connection != from || !_isResumable)
                return true;

            if (received < _acknowledged || received > _outgoing.Taken)
                return false;

            _isConfirmed = true;
            _acknowledged = received;
            Forget();
            _outgoing.Trim();
            return true;
        }
    }

    /// <summary>Answers a <c>ping</c>; several at a time have one answer.</summary>
    public void Pong(SignalingConnection to)
    {
        lock (_gate)
        {
            if (_connection != to)
                return;

            _isPongDue = true;
            _isConfirmed = true;
        }

        Pump();
    }

    /// <summary>Queues an answer to a frame that was none.</summary>
    /// <returns>False when the queue is full.</returns>
    public bool TryTell(RoomCall.Signaling.RoomEvent.Error error)
    {
        bool isTaken = TryPost(error);
        Pump();
        return isTaken;
    }

    private void Pump()
    {
        lock (_gate)
        {
            if (_isPumping || !HasWork())
                return;

            _isPumping = true;
        }

        _ = PumpAsync();
    }

    private async Task PumpAsync()
    {
        while (TryTake(out SignalingConnection? connection, out ReadOnlyMemory<byte> frame, out EndCode? end))
        {
            try
            {
                await connection.Link.SendAsync(frame).ConfigureAwait(false);
                if (end is { } code)
                    await connection.Link.CloseAsync(code).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                Break(connection, exception);
                continue;
            }

            Sent();
        }
    }

    private bool HasWork() =>
        !_isBroken && _connection is not null && _state is StayState.Attached or StayState.Ending
        && (_isResumedDue || _isAckDue || _isPongDue || _end is not null || _outgoing.HasNext);

    private bool TryTake(
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SignalingConnection? connection,
        out ReadOnlyMemory<byte> frame,
        out EndCode? end)
    {
        lock (_gate)
        {
            (connection, frame, end) = (_connection, default, null);
            if (connection is null || !HasWork())
            {
                _isPumping = false;
                return false;
            }

            if (_isResumedDue)
            {
                _isResumedDue = false;
                frame = ServerFrameJson.Encode(new ServerFrame { Type = ServerFrameType.Resumed, Received = _received, Token = _token });
            }
            else if (_isAckDue)
            {
                frame = TakeAck();
            }
            else if (_isPongDue)
            {
                _isPongDue = false;
                frame = PongFrame;
            }
            else if (_outgoing.HasNext && (_end is null || _isRestWanted))
            {
                frame = _outgoing.Take();
                _inFlight = _outgoing.Taken;
            }
            else
            {
                (frame, end) = (_end!.Frame, _end.Code);
                (_end, _state) = (null, StayState.Ended);
                _outgoing.Clear(_inFlight);
            }

            return true;
        }
    }

    private void Sent()
    {
        lock (_gate)
        {
            if (_inFlight == 0)
                return;

            if (!_isResumable)
                _acknowledged = _inFlight;
            _inFlight = 0;
            Forget();
        }
    }

    private void Forget() => _outgoing.Forget(_inFlight == 0 ? _acknowledged : Math.Min(_acknowledged, _inFlight - 1));

    private void Break(SignalingConnection connection, Exception exception)
    {
        lock (_gate)
        {
            _inFlight = 0;
            if (_connection == connection)
                _isBroken = true;
            Forget();
        }

        SignalingServer.Log.LinkBroke(_server.Logger, exception);
        connection.Cut();
    }

    private static ReadOnlyMemory<byte> PongFrame { get; } = ServerFrameJson.Encode(new ServerFrame { Type = ServerFrameType.Pong });

    /// <summary>The last frame, and why.</summary>
    private sealed record Ending(EndCode Code, byte[] Frame);
}
