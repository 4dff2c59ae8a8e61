using RoomCall.Server.Limits;
using RoomCall.Server.Signaling;
using RoomCall.Signaling;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Server;

/// <summary>One connection of a client, as the server sees it: takes the frames that came on a transport. What goes to the client goes through
/// <see cref="IClientLink"/>.</summary>
public sealed class SignalingConnection
{
    private static readonly byte[] PongFrame = ServerFrameJson.Encode(new ServerFrame { Type = ServerFrameType.Pong });

    private readonly SignalingServer _server;
    private readonly SignalingClient _client;
    private readonly Lock _gate = new();
    private TokenBucket _tokens;
    private ITimer? _limit;
    private Stay? _stay;
    private Task _saying = Task.CompletedTask;
    private int _malformed;
    private bool _isEnding;

    internal SignalingConnection(SignalingServer server, IClientLink link, SignalingClient client)
    {
        _server = server;
        _client = client;
        Link = link;
        SignalingServerOptions options = server.Options;
        _tokens = new TokenBucket(options.MaxFramesPerSecond, options.FrameBurst, server.Time.TimestampFrequency, server.Time.GetTimestamp());
        _limit = server.Time.CreateTimer(static self => ((SignalingConnection)self!).OnLimit(), this, options.JoinTimeout, Timeout.InfiniteTimeSpan);
    }

    internal IClientLink Link { get; }

    /// <summary>Takes one frame of the client. Called one at a time, in the order in which they came; it throws nothing for what is in the
    /// frame, and ends when the next may be read.</summary>
    /// <param name="frame">What is to be one JSON object in UTF-8; read until the task ends, and not after.</param>
    /// <returns>A task that ends when the next frame may come.</returns>
    public ValueTask ReceiveAsync(ReadOnlyMemory<byte> frame)
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

    /// <summary>A frame came that is larger than the transport takes: the client is told, and let go.</summary>
    /// <param name="maxBytes">What it takes.</param>
    /// <returns>A task that ends when the client was told, or it is on its way.</returns>
    public async ValueTask RefuseTooLargeAsync(int maxBytes)
    {
        string detail = $"A frame was larger than {maxBytes} bytes: send less at a time.";
        await TellAsync(new RoomEvent.Error(RoomErrorCode.MessageTooLarge, detail)).ConfigureAwait(false);
        await EndAsync(EndCode.TooLarge, detail, sendRest: true).ConfigureAwait(false);
    }

    /// <summary>Something came that is no text frame: the client is told.</summary>
    /// <returns>A task that ends when the next frame may come.</returns>
    public ValueTask RefuseBinaryAsync() => RefuseAsync("The frame is not text: send each frame as one text message.");

    /// <summary>The connection is over. Nothing more is received or sent.</summary>
    /// <param name="byClient">Whether the client closed it in the transport's own way, and so does not come back to its seat.</param>
    public void Closed(bool byClient)
    {
        lock (_gate)
        {
            _isEnding = true;
            _limit?.Dispose();
            _limit = null;
        }

        _stay?.Detach(this, byClient);
        _server.Forget(this);
    }

    /// <summary>A newer connection has the seat, and nothing of the stay goes out here any more.</summary>
    /// <param name="isSending">Whether a frame of the stay is still going out here, so that nothing can be said any more.</param>
    internal void EndReplaced(bool isSending)
    {
        lock (_gate)
        {
            if (_isEnding)
                return;

            _isEnding = true;
            _stay = null;
        }

        _server.Metrics.Ended(EndCode.Replaced);
        if (isSending)
        {
            Link.Abort();
            return;
        }

        LimitClosing();
        _ = SayAsync(EndFrame(EndCode.Replaced, "A newer connection of this client has its seat."), EndCode.Replaced);
    }

    internal ValueTask EndRestartingAsync() =>
        EndAsync(EndCode.Restarting, "The server is being restarted: connect again.", giveUpSeat: false, sendRest: true);

    /// <summary>The client has a while to read what is sent last; then the connection is cut.</summary>
    internal void LimitClosing()
    {
        lock (_gate)
        {
            _isEnding = true;
            _limit?.Dispose();
            _limit = _server.Time.CreateTimer(
                static self => ((SignalingConnection)self!).Link.Abort(), this, _server.Options.CloseTimeout, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The server stops: nothing more is taken from here on.</summary>
    internal void AwaitReceived() => _stay?.AwaitReceived();

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
            case ClientFrameType.Ping: return new ValueTask(SayAsync(PongFrame, end: null));
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
        if (peerId is not null && _server.FindStay(frame.Room!, peerId) is { } known)
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

        Stay stay = new(_server, this, _client.UserId, peerId is not null && _server.Options.ResumeTime > TimeSpan.Zero);
        if (!TryHold(stay))
            return;

        RoomSeat? seat = _server.Broker.CreateOrJoin(
            frame.Room!, stay, new RoomEntryOptions { Name = admission.Name, PeerId = peerId, IceServers = admission.IceServers });
        if (seat is null)
            stay.End(this, EndCode.Refused, "You were not let in.", sendRest: true);
        else
            stay.Seat = seat;
    }

    private async ValueTask<RoomAdmission> AdmitAsync(ClientFrame frame)
    {
        if (_client.AdmitAsync is not { } admit)
            return RoomAdmission.Allow(frame.Name);

        try
        {
            return await admit(frame.Room!, frame.Name).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"The hook returned null: return {nameof(RoomAdmission)}.Allow or {nameof(RoomAdmission)}.Deny.");
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
                return default;
            }

            LetGo();
        }

        return DenyAsync(new RoomEvent.Error(
            RoomErrorCode.UnknownStay, "The stay has ended, or is not known here, or the token is not its present one: join anew."));
    }

    private ValueTask RepeatAsync(Stay stay)
    {
        if (!TryHold(stay) || stay.TryRepeat(this, _client.UserId))
            return default;

        LetGo();
        return DenyAsync(new RoomEvent.Error(RoomErrorCode.AlreadyJoined, "A stay with this secret is up: resume it, or take a new secret."));
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

    private void LetGo()
    {
        lock (_gate)
        {
            _stay = null;
        }
    }

    private void OnLimit()
    {
        lock (_gate)
        {
            if (_stay is not null)
                return;
        }

        _ = EndAsync(EndCode.TimedOut, "No room was asked for in time: begin with 'create or join' or 'resume'.").AsTask();
    }

    private async ValueTask DenyAsync(RoomEvent.Error error)
    {
        _server.Metrics.Refused(error.Code);
        await TellAsync(error).ConfigureAwait(false);
        await EndAsync(EndCode.Refused, "You were not let in.").ConfigureAwait(false);
    }

    private ValueTask RefuseAsync(string error)
    {
        _server.Metrics.Refused(RoomErrorCode.Malformed);
        return ++_malformed > _server.Options.MaxMalformedFrames
            ? EndAsync(EndCode.Malformed, "Too many frames were malformed: send what the protocol allows.")
            : TellAsync(new RoomEvent.Error(RoomErrorCode.Malformed, error));
    }

    private ValueTask TellAsync(RoomEvent.Error error)
    {
        if (_stay is not { } stay)
            return new ValueTask(SayAsync(ServerFrameJson.Encode(ServerFrame.Of(error)), end: null));

        if (!stay.TryTell(error))
            stay.End(this, EndCode.TooSlow, "Too much waits for this client: read faster.", sendRest: false, giveUpSeat: true);
        return default;
    }

    private ValueTask EndAsync(EndCode code, string detail, bool sendRest = false, bool giveUpSeat = true)
    {
        Stay? stay;
        lock (_gate)
        {
            if (_isEnding)
                return default;

            _isEnding = true;
            stay = _stay;
        }

        if (stay is not null)
        {
            stay.End(this, code, detail, sendRest, giveUpSeat);
            return default;
        }

        _server.Metrics.Ended(code);
        LimitClosing();
        return new ValueTask(SayAsync(EndFrame(code, detail), code));
    }

    private static byte[] EndFrame(EndCode code, string detail) =>
        ServerFrameJson.Encode(new ServerFrame { Type = ServerFrameType.End, Code = code, Detail = detail });

    /// <summary>Says something outside a stay, one after the other. Whoever reads the client's frames waits for it, so that no more than
    /// one waits to be said.</summary>
    private Task SayAsync(ReadOnlyMemory<byte> frame, EndCode? end)
    {
        lock (_gate)
        {
            return _saying = AfterAsync(_saying);
        }

        async Task AfterAsync(Task before)
        {
            await before.ConfigureAwait(false);
            try
            {
                await Link.SendAsync(frame).ConfigureAwait(false);
                if (end is { } code)
                    await Link.CloseAsync(code).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                SignalingServer.Log.LinkBroke(_server.Logger, exception);
                Link.Abort();
            }
        }
    }
}
