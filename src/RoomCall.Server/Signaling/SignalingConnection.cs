using RoomCall.Server.Limits;
using RoomCall.Server.Signaling;
using RoomCall.Signaling;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Server;

/// <summary>One connection of a client, as the server sees it: takes the frames that came on a transport. What goes to the client goes through
/// <see cref="IClientLink"/>.</summary>
public sealed partial class SignalingConnection
{
    private const string RestartingDetail = "The server is being restarted: connect again.";

    private static readonly byte[] PongFrame = ServerFrameJson.Encode(new ServerFrame { Type = ServerFrameType.Pong });

    private readonly SignalingServer _server;
    private readonly SignalingClient _client;
    private readonly Lock _gate = new();
    private TokenBucket _tokens;
    private ITimer? _limit;
    private Stay? _stay;
    private int _malformed;
    private bool _isEnding;
    private bool _isClosed;
    private bool _isClosedByClient;

    internal SignalingConnection(SignalingServer server, IClientLink link, SignalingClient client)
    {
        _server = server;
        _client = client;
        Link = link;
        SignalingServerOptions options = server.Options;
        _tokens = new TokenBucket(server.Rate, server.Time.GetTimestamp());
        _limit = server.Time.CreateTimer(static self => ((SignalingConnection)self!).OnLimit(), this, options.JoinTimeout, Timeout.InfiniteTimeSpan);
    }

    internal IClientLink Link { get; }

    /// <summary>Whether all that came from the client went with its request for the connection.</summary>
    internal bool IsAhead { get; private set; }

    /// <summary>Takes one frame of the client. Called one at a time, in the order in which they came; it throws nothing for what is in the
    /// frame, and ends when the next may be read.</summary>
    /// <param name="frame">What is to be one JSON object in UTF-8; read until the task ends, and not after.</param>
    /// <returns>A task that ends when the next frame may come.</returns>
    public ValueTask ReceiveAsync(ReadOnlyMemory<byte> frame)
    {
        IsAhead = false;
        return TakeAsync(frame);
    }

    /// <summary>Takes the client's first frame, which came with its request for the connection (<c>docs/protocol.md</c>, Asking ahead), so that
    /// the client may be gone before it knows that it is in the room. Called once, before the first <see cref="ReceiveAsync"/>, and otherwise
    /// as that.</summary>
    /// <param name="frame">What is to be one JSON object in UTF-8; read until the task ends, and not after.</param>
    /// <returns>A task that ends when the next frame may come.</returns>
    public ValueTask ReceiveAheadAsync(ReadOnlyMemory<byte> frame)
    {
        IsAhead = true;
        return TakeAsync(frame);
    }

    /// <summary>A frame came that is larger than the transport takes: the client is told, and let go.</summary>
    /// <param name="maxBytes">What it takes.</param>
    /// <returns>A task that ends when the client was told, or it is on its way.</returns>
    public ValueTask RefuseTooLargeAsync(int maxBytes)
    {
        if (Volatile.Read(ref _isEnding))
            return default;

        _server.Metrics.Refused(RoomErrorCode.MessageTooLarge);
        string detail = $"A frame was larger than {maxBytes} bytes: send less at a time.";
        return EndAsync(EndCode.TooLarge, detail, new RoomEvent.Error(RoomErrorCode.MessageTooLarge, detail), sendRest: true);
    }

    /// <summary>A frame comes in so many pieces that reading it costs more than it can say: the client is told, and let go.</summary>
    /// <returns>A task that ends when the client was told, or it is on its way.</returns>
    public ValueTask RefusePiecesAsync() =>
        EndAsync(EndCode.TooManyMessages, "A frame came in too many pieces: send each frame in one piece.");

    /// <summary>Something came that is no text frame: the client is told.</summary>
    /// <returns>A task that ends when the next frame may come.</returns>
    public ValueTask RefuseBinaryAsync() => RefuseAsync("The frame is not text: send each frame as one text message.");

    /// <summary>The connection is over. Nothing more is received or sent. It may come while a frame is still being taken, and twice: the
    /// first time counts.</summary>
    /// <param name="byClient">Whether the client closed it in the transport's own way, and so does not come back to its seat.</param>
    public void Closed(bool byClient)
    {
        Stay? stay;
        lock (_gate)
        {
            if (_isClosed)
                return;

            _isEnding = true;
            _isClosed = true;
            _isClosedByClient = byClient;
            _limit?.Dispose();
            _limit = null;
            stay = _stay;
        }

        stay?.Detach(this, byClient);
        _server.Forget(this);
    }

    internal ValueTask EndRestartingAsync() => EndAsync(EndCode.Restarting, RestartingDetail, sendRest: true, leaves: null);

    /// <summary>The server stops: nothing more is taken from here on.</summary>
    internal void AwaitReceived() => _stay?.AwaitReceived();

    /// <summary>Nothing more is told from here on but why it ends.</summary>
    internal void Silence() => _stay?.Silence();

    private ValueTask TakeAsync(ReadOnlyMemory<byte> frame)
    {
        if (Volatile.Read(ref _isEnding))
            return default;

        if (!_tokens.TryTake(_server.Time.GetTimestamp()))
        {
            return EndAsync(EndCode.TooManyMessages, "That were too many frames: send fewer in a second.");
        }

        if (!ClientFrameJson.TryDecode(frame, out ClientFrame decoded, out string? error))
        {
            return RefuseAsync(error);
        }

        return _stay is { } stay ? Take(stay, decoded, frame.Length) : TakeFirstAsync(decoded);
    }

    private ValueTask Take(Stay stay, in ClientFrame frame, int length)
    {
        switch (frame.Type)
        {
            case ClientFrameType.Message or ClientFrameType.Park:
                stay.Receive(this, frame, length);
                break;
            case ClientFrameType.Ack when !stay.Acknowledge(this, frame.Received):
                return RefuseAsync("The field 'received' must be no less than the last time, and no more than the frames that were sent.");
            case ClientFrameType.Ping:
                stay.Pong(this);
                break;
            case ClientFrameType.Bye:
                stay.Leave(this);
                break;
            case ClientFrameType.CreateOrJoin or ClientFrameType.Resume:
                return TellAsync(new RoomEvent.Error(
                    RoomErrorCode.AlreadyJoined, "This connection has a stay already: leave it first, or open another connection."));
        }

        return default;
    }

    private ValueTask TakeFirstAsync(in ClientFrame frame)
    {
        switch (frame.Type)
        {
            case ClientFrameType.CreateOrJoin: return new ValueTask(EnterAsync(frame));
            case ClientFrameType.Resume: return ResumeAsync(frame);
            case ClientFrameType.Ping: return new ValueTask(SayAsync(PongFrame));
            case ClientFrameType.Pong: return default;
            default:
                return TellAsync(new RoomEvent.Error(
                    RoomErrorCode.NotInRoom, "This connection has no stay yet: begin with 'create or join' or 'resume'."));
        }
    }

    private async Task EnterAsync(ClientFrame frame)
    {
        if (_server.IsStopping)
        {
            await EndRestartingAsync().ConfigureAwait(false);
            return;
        }

        if (_server.FindFault(frame) is { } fault)
        {
            await DenyAsync(fault).ConfigureAwait(false);
            return;
        }

        string? peerId = frame.Secret is { } secret ? SignalingProtocol.PeerIdOf(frame.Room!, secret) : null;
        if (FindStay(frame.Room!, peerId) is { } known)
        {
            await RepeatAsync(known).ConfigureAwait(false);
            return;
        }

        RoomAdmission admission = await AdmitAsync(frame).ConfigureAwait(false);
        if (!admission.IsAllowed)
        {
            await DenyAsync(new RoomEvent.Error(RoomErrorCode.NotAllowed, admission.Detail)).ConfigureAwait(false);
            return;
        }

        await SitOrRepeatAsync(frame.Room!, new RoomEntryOptions { Name = admission.Name, PeerId = peerId, IceServers = admission.IceServers })
            .ConfigureAwait(false);
    }

    private ValueTask SitOrRepeatAsync(string room, RoomEntryOptions options)
    {
        while (true)
        {
            // Another connection may have come with the same secret while it was decided about this one, and may even now.
            if (FindStay(room, options.PeerId) is { } known)
                return RepeatAsync(known);

            bool isResumable = options.PeerId is not null && _server.Options.ResumeTime > TimeSpan.Zero;
            Stay stay = new(_server, this, _client.UserId, isResumable);
            if (!TryHold(stay) || TrySit(stay, room, options))
                return default;
        }
    }

    /// <summary>The stay that has begun with the same secret, if there is one.</summary>
    private Stay? FindStay(string room, string? peerId) =>
        peerId is not null && _server.FindStay(room, peerId) is { } known && !known.LeaveIfOver() ? known : null;

    /// <returns>False when another stay with the same secret was faster.</returns>
    private bool TrySit(Stay stay, string room, RoomEntryOptions options)
    {
        try
        {
            RoomSeat? seat = _server.Broker.Enter(room, stay, options, out bool isIdTaken);
            if (isIdTaken)
            {
                if (_server.Broker.FindSeat(room, options.PeerId!)?.Member is null or Stay)
                    return false;

                // Whoever it is, it came by no connection of this server's and can't be resumed here.
                _server.Broker.RefuseAsJoined(stay);
            }

            if (seat is not null)
                stay.Sit(seat);
            else
                stay.End(this, EndCode.Refused, "You were not let in.", sendRest: true);
        }
        catch (Exception exception)
        {
            SignalingServer.Log.EntryThrew(_server.Logger, exception);
            stay.End(this, EndCode.Failed, "The server failed: connect again.", sendRest: false);
        }

        return true;
    }

    private async ValueTask<RoomAdmission> AdmitAsync(ClientFrame frame)
    {
        if (_client.AdmitAsync is not { } admit)
            return RoomAdmission.Allow(frame.Name);

        try
        {
            RoomAdmission admission = await admit(frame.Room!, frame.Name).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"The hook returned null: return {nameof(RoomAdmission)}.Allow or {nameof(RoomAdmission)}.Deny.");
            return _server.FindFault(admission) is { } fault ? throw new InvalidOperationException(fault) : admission;
        }
        catch (Exception exception)
        {
            SignalingServer.Log.AdmissionThrew(_server.Logger, exception);
            return RoomAdmission.Deny("The server could not decide whether you may be in this room: try again later.");
        }
    }

    private ValueTask ResumeAsync(in ClientFrame frame)
    {
        if (_server.IsStopping)
            return EndRestartingAsync();

        if (_server.FindStay(frame.Room!, frame.Self!) is { } stay && TryHold(stay))
        {
            if (stay.TryResume(this, _client.UserId, frame.Token!, frame.Received))
            {
                _server.Metrics.Resumed();
                DetachIfClosed(stay);
                return default;
            }
        }

        return LetGoAsync(new RoomEvent.Error(
            RoomErrorCode.UnknownStay, "The stay has ended, or is not known here, or the token is not its present one: join anew."));
    }

    private ValueTask RepeatAsync(Stay stay)
    {
        if (!TryHold(stay))
            return default;

        if (stay.TryRepeat(this, _client.UserId))
        {
            DetachIfClosed(stay);
            return default;
        }

        return LetGoAsync(new RoomEvent.Error(RoomErrorCode.AlreadyJoined, "A stay with this secret is up: resume it, or take a new secret."));
    }

    /// <summary>The connection may have ended just before it got the seat, when there was nothing yet to detach.</summary>
    private void DetachIfClosed(Stay stay)
    {
        if (Volatile.Read(ref _isClosed))
            stay.Detach(this, _isClosedByClient);
    }

    /// <summary>From here on what is said goes through the stay, unless the connection is ending already.</summary>
    private bool TryHold(Stay stay)
    {
        lock (_gate)
        {
            if (_isEnding)
                return false;

            _stay = stay;
            _limit?.Dispose();
            _limit = null;
            return true;
        }
    }

    private ValueTask LetGoAsync(RoomEvent.Error error)
    {
        bool wasEnding;
        lock (_gate)
        {
            wasEnding = _isEnding && _stay is not null;
            _stay = null;
        }

        // The server's stop may have come just now, and asked a stay to tell it that was not this connection's.
        if (wasEnding)
            return new ValueTask(SayLastAsync(error: null, EndCode.Restarting, RestartingDetail));

        return _server.IsStopping ? EndRestartingAsync() : DenyAsync(error);
    }

    private void OnLimit()
    {
        lock (_gate)
        {
            if (_stay is not null || _isEnding)
                return;

            _isEnding = true;
        }

        _ = SayLastAsync(error: null, EndCode.TimedOut, "No seat was taken in time: begin with 'create or join' or 'resume', and let the server's hook decide sooner.");
    }
}
