using RoomCall.Signaling.Protocol;

namespace RoomCall.Signaling.Links;

/// <summary>One stay in a room, as it goes on from link to link: what the client says first on each, and what the server's frames mean. One
/// link at a time, whose reader is the only caller.</summary>
internal sealed class Stay(string room, string? name, OutgoingWindow window, LinkOutbox outbox, IncomingQueue incoming)
{
    // More than any server says before it answers.
    private const int MaxEarlyLogs = 100;

    private readonly string _secret = SignalingProtocol.NewSecret();
    private string? _self;
    private string? _token;
    private bool _isResuming;
    private bool _isInterrupted;
    private bool _hasAsked;
    private bool _hasAskedAhead;

    // How many counted frames of the server have come, and how much of that since the last acknowledgement.
    private long _received;
    private int _unacknowledgedFrames;
    private int _unacknowledgedBytes;

    // Log lines come before the answer. A link that ended between them and it is followed by one that brings them again.
    private int _logsTold;
    private int _logsToSkip;

    /// <summary>Whether the server has let this client in, once.</summary>
    public bool HasBegun => _self is not null;

    /// <summary>Whether the server has answered on the present link.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Whether the present link has brought the stay on: a frame has come that had not, or was acknowledged.</summary>
    public bool HasProgressed { get; private set; }

    /// <summary>What is said first on the next link.</summary>
    public byte[] First => ClientFrameJson.Encode(_token is not null
        ? new ClientFrame { Type = ClientFrameType.Resume, Room = room, Self = _self, Token = _token, Received = _received }
        : new ClientFrame { Type = ClientFrameType.CreateOrJoin, Room = room, Name = name, Secret = _secret });

    /// <summary>A new link begins.</summary>
    /// <param name="hasSentFirst">Whether <see cref="First"/> has gone out.</param>
    public void BeginLink(bool hasSentFirst)
    {
        IsUp = HasProgressed = false;
        _hasAskedAhead = hasSentFirst;
        _isResuming = _token is not null;
        if (!_isResuming)
        {
            _received = 0;
            _logsToSkip = _logsTold;
        }

        _unacknowledgedFrames = _unacknowledgedBytes = 0;
        outbox.Begin(hasSentFirst ? null : First);
    }

    /// <summary>The present link is lost.</summary>
    /// <returns>Whether there is anything to connect again for.</returns>
    public bool TryInterrupt()
    {
        _hasAsked = true;
        if (_self is null)
        {
            // Before the first answer there is nothing that could be interrupted.
            return true;
        }

        if (_token is null && window.IsClosed)
        {
            // The server kept no seat, so that it was left.
            return false;
        }

        if (!_isInterrupted)
        {
            _isInterrupted = true;
            incoming.Post(new RoomEvent.Interrupted());
        }

        return true;
    }

    /// <summary>Takes a frame of the server.</summary>
    /// <param name="frame">The frame, whose payload is copied.</param>
    /// <param name="length">Its length in bytes.</param>
    public Verdict Take(in ServerFrame frame, int length)
    {
        switch (frame.Type)
        {
            case ServerFrameType.Ping:
                outbox.Pong();
                return Verdict.GoOn;

            case ServerFrameType.Pong:
                return Verdict.GoOn;

            case ServerFrameType.End:
                return OnEnd(frame.Code, frame.Detail);

            case ServerFrameType.Ack:
                return IsUp ? OnAcknowledged(window.TryAcknowledge(frame.Received, out bool progressed), progressed) : OutOfTurn("ack");

            case ServerFrameType.Resumed:
                return IsUp || !_isResuming ? OutOfTurn("resumed") : OnResumed(frame);

            default:
                return IsUp || !_isResuming ? OnCounted(frame, length) : OnRefusal(frame.Event);
        }
    }

    private static Verdict OutOfTurn(string frame) => Verdict.Malformed($"It sent '{frame}' out of turn.");

    private Verdict OnEnd(EndCode code, string? detail) => code switch
    {
        EndCode.Left when window.IsClosed => Verdict.Over(),

        // Who is replaced on a link that is up was so by an attempt of its own that it had given up.
        EndCode.Restarting or EndCode.Failed or EndCode.Replaced => Verdict.Lost(SignalingLoss.Ended(code, detail)),
        _ => Verdict.Over(SignalingLoss.Ended(code, detail)),
    };

    private Verdict OnAcknowledged(bool canBe, bool progressed)
    {
        HasProgressed |= progressed;
        return canBe ? Verdict.GoOn : Verdict.Malformed("It says that it has had more frames than were sent, or fewer than it had before.");
    }

    private Verdict OnResumed(in ServerFrame frame)
    {
        Verdict verdict = OnAcknowledged(window.TryResume(frame.Received, out bool progressed), progressed);
        if (verdict.Kind == VerdictKind.GoOn)
        {
            _token = frame.Token;
            ComeUp(new RoomEvent.Resumed());
        }

        return verdict;
    }

    /// <summary>What comes in the place of <c>resumed</c>.</summary>
    private Verdict OnRefusal(RoomEvent? roomEvent)
    {
        switch (roomEvent)
        {
            // A later version's word: not counted, since the count goes on with the answer.
            case null:
                return Verdict.GoOn;

            case RoomEvent.Error { Code: RoomErrorCode.UnknownStay }:
                _token = null;

                // The server has no seat for this client: that is all a leave would come to.
                return window.IsClosed ? Verdict.Over() : Verdict.AskAgain;

            case RoomEvent.Error error:
                return Verdict.Over(SignalingLoss.Refused(error));

            default:
                return OutOfTurn(roomEvent.GetType().Name);
        }
    }

    private Verdict OnCounted(in ServerFrame frame, int length)
    {
        Count(length);
        switch (frame.Event)
        {
            case null:
                return Verdict.GoOn;

            case RoomEvent.Created or RoomEvent.Joined or RoomEvent.Full when IsUp:
                return OutOfTurn(frame.Event.GetType().Name);

            case RoomEvent.Created created when !IsUp:
                return OnLetIn(created, created.Self, frame.Resume);

            case RoomEvent.Joined joined when !IsUp:
                return OnLetIn(joined, joined.Self, frame.Resume);

            case RoomEvent.Full or RoomEvent.Error when !IsUp:
                return OnNotLetIn(frame.Event);

            case RoomEvent.Log log when !IsUp:
                return OnEarlyLog(log);

            case RoomEvent.Message message when IsUp:
                incoming.Post(message with { Payload = message.Payload.ToArray() }, length);
                return Verdict.GoOn;

            default:
                if (IsUp)
                {
                    incoming.Post(frame.Event, length);
                }

                return IsUp ? Verdict.GoOn : OutOfTurn(frame.Event.GetType().Name);
        }
    }

    private void Count(int length)
    {
        HasProgressed |= IsUp;
        _received++;
        _unacknowledgedFrames++;
        _unacknowledgedBytes += length;
        if (_unacknowledgedFrames >= SignalingProtocol.FramesPerAck || _unacknowledgedBytes >= SignalingProtocol.BytesPerAck)
        {
            Acknowledge();
        }
        else
        {
            outbox.Owe(_received);
        }
    }

    private void Acknowledge()
    {
        _unacknowledgedFrames = _unacknowledgedBytes = 0;
        outbox.Acknowledge(_received);
    }

    private Verdict OnLetIn(RoomEvent answer, string self, ResumeTicket? ticket)
    {
        if (_self is not null)
        {
            if (self != _self)
            {
                return Verdict.Malformed("It gave this client another id within its stay.");
            }

            window.Restart();
        }

        // Only the first time: a server that lets this client in again and again, and loses it each time, is no proof of anything.
        HasProgressed |= _self is null;
        _self = self;
        _token = ticket?.Token;
        _logsTold = 0;
        ComeUp(answer);
        return Verdict.GoOn;
    }

    private Verdict OnNotLetIn(RoomEvent answer)
    {
        // The server takes an earlier link of this stay for a live one; soon it will not.
        if (_hasAsked && answer is RoomEvent.Error { Code: RoomErrorCode.AlreadyJoined } error)
        {
            return Verdict.Lost(SignalingLoss.Refused(error));
        }

        incoming.Post(answer);
        return Verdict.Over();
    }

    private Verdict OnEarlyLog(RoomEvent.Log log)
    {
        if (_logsToSkip > 0)
        {
            _logsToSkip--;
            return Verdict.GoOn;
        }

        incoming.Post(log);
        return ++_logsTold <= MaxEarlyLogs ? Verdict.GoOn : Verdict.Malformed("It sends its log and no answer.");
    }

    private void ComeUp(RoomEvent answer)
    {
        IsUp = true;
        _isInterrupted = false;
        incoming.Post(answer);
        outbox.Open();

        // Until it hears from this client, the server may take it for one that has given up connecting.
        if (_hasAskedAhead)
        {
            Acknowledge();
        }
    }
}
