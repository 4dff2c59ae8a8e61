using System.Security.Cryptography;
using System.Text;
using RoomCall.Signaling;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Server.Signaling;

// Connections that come and go: counting, acknowledging, keeping the seat, and giving it back.
internal sealed partial class Stay
{
    private long _received;
    private long _receivedTold;
    private int _bytesSinceAck;
    private Absence? _absence;

    // The token to show next, and the one before it: good until a frame has come on the connection that it opened, as the client may
    // never have heard of the next one.
    private string? _token;
    private string? _tokenBefore;
    private bool _isConfirmed;

    // Whether all that was heard from the client went with requests for connections.
    private bool _isAhead;

    /// <summary>Whether no word has come from the client on any connection.</summary>
    private bool IsNew => !_isConfirmed && _tokenBefore is null;

    /// <summary>Takes the seat again for a newer connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="userId">Who has signed in on it.</param>
    /// <param name="token">The token that it shows.</param>
    /// <param name="received">How many frames its client has.</param>
    /// <returns>False when it may not, or what it lacks is gone.</returns>
    public bool TryResume(SignalingConnection connection, string? userId, string token, long received) =>
        TryAttach(connection, userId, received, () =>
        {
            if (IsSame(token, _token))
            {
                (_tokenBefore, _token) = (_token, SignalingProtocol.NewSecret());
                _isConfirmed = false;
                return true;
            }

            return !_isConfirmed && IsSame(token, _tokenBefore);
        });

    /// <summary>Begins again for a client that asks with the secret of this stay, since it never heard the answer.</summary>
    public bool TryRepeat(SignalingConnection connection, string? userId) =>
        TryAttach(connection, userId, received: 0, () => IsNew, isRepetition: true);

    /// <summary>The connection is gone.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="byClient">Whether the client closed it, and so does not come back.</param>
    public void Detach(SignalingConnection connection, bool byClient)
    {
        bool isAway;
        lock (_gate)
        {
            if (_connection != connection)
                return;

            _connection = null;
            isAway = _isResumable && !byClient && _state == StayState.Attached && !_server.IsStopping;
            _state = isAway ? StayState.Away : StayState.Ended;
            if (isAway)
                _absence = new Absence(this, Grace);
            else
                _outgoing.Clear(_inFlight);
        }

        if (isAway)
            TellWhetherAway();
        else
            Seat?.Leave(PeerLeftReason.Vanished);
    }

    /// <summary>How long the seat is kept for one who is lost now.</summary>
    private TimeSpan Grace
    {
        get
        {
            TimeSpan whole = _server.Options.ResumeTime;
            return _isAhead && IsNew && whole > FirstFrame.Grace ? FirstFrame.Grace : whole;
        }
    }

    private bool TryAttach(SignalingConnection connection, string? userId, long received, Func<bool> isAllowed, bool isRepetition = false)
    {
        SignalingConnection? older;
        bool isOlderSending;

        // The outer lock: a frame of the older connection is passed on before what the newer one brings.
        lock (_incoming)
        {
            lock (_gate)
            {
                if (_state is StayState.Ending or StayState.Ended || !_isResumable || _userId != userId || _server.IsStopping)
                    return false;

                if (received < _outgoing.Forgotten || received > _outgoing.Taken || !isAllowed())
                    return false;

                older = _connection;
                isOlderSending = _isPumping;
                _connection = connection;
                _isAhead &= connection.IsAhead;
                _state = StayState.Attached;
                _isBroken = false;
                _isResumedDue = !isRepetition;
                _isAckDue = _isPongDue = false;
                _receivedTold = _received;
                _bytesSinceAck = 0;
                _acknowledged = received;
                _outgoing.Rewind();
                Skip(received);
                _absence?.Stop();
                _absence = null;
            }
        }

        // Nothing more of this stay goes out on the older connection but what is being sent now.
        older?.EndReplaced(isOlderSending);
        TellWhetherAway();
        Pump();
        return true;
    }

    // What the client has need not be sent again; what a sender still reads is forgotten when it is through.
    private void Skip(long received)
    {
        while (_outgoing.Taken < received)
        {
            _outgoing.Take();
        }

        Forget();
    }

    // Two threads may be here, with the loss of one connection and the coming of the next: the room asks what is so now.
    private void TellWhetherAway() => Seat?.SetAway(() =>
    {
        lock (_gate)
        {
            return _state == StayState.Away;
        }
    });

    private void Expire(Absence absence)
    {
        lock (_gate)
        {
            if (_absence != absence)
                return;

            _state = StayState.Ended;
            _outgoing.Clear(_inFlight);
        }

        SignalingServer.Log.StayExpired(_server.Logger);
        Seat?.Leave(PeerLeftReason.Vanished);
    }

    /// <summary>One time of being away, and its end: a timer that was too late for one does not end the next.</summary>
    private sealed class Absence
    {
        private readonly Stay _stay;
        private readonly ITimer _timer;

        public Absence(Stay stay, TimeSpan grace)
        {
            _stay = stay;
            _timer = stay._server.Time.CreateTimer(static self => ((Absence)self!).Expire(), this, grace, Timeout.InfiniteTimeSpan);
        }

        public void Stop() => _timer.Dispose();

        private void Expire() => _stay.Expire(this);
    }

    private ResumeTicket Ticket() => new(_token!, Math.Max(1, (int)_server.Options.ResumeTime.TotalSeconds));

    private bool CountReceived(int length)
    {
        _received++;
        if (!_isResumable)
            return false;

        _bytesSinceAck += length;
        if (_received - _receivedTold < SignalingProtocol.FramesPerAck && _bytesSinceAck < SignalingProtocol.BytesPerAck)
            return false;

        return _isAckDue = true;
    }

    private byte[] TakeAck()
    {
        _isAckDue = false;
        _receivedTold = _received;
        _bytesSinceAck = 0;
        return ServerFrameJson.Encode(new ServerFrame { Type = ServerFrameType.Ack, Received = _received });
    }

    // In a time that does not tell how much of it is right.
    private static bool IsSame(string token, string? expected) =>
        expected is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(expected));
}
