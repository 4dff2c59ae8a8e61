using RoomCall.Server.Signaling;
using RoomCall.Signaling;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Server;

// What is said to the client outside a stay, and the last word.
public sealed partial class SignalingConnection
{
    private Task _saying = Task.CompletedTask;

    /// <summary>A newer connection has the seat, and nothing of the stay goes out here any more.</summary>
    /// <param name="isSending">Whether a frame of the stay is still going out here, so that nothing can be said any more.</param>
    internal void EndReplaced(bool isSending)
    {
        bool wasEnding;
        lock (_gate)
        {
            wasEnding = _isEnding;
            _isEnding = true;
            _stay = null;
        }

        // One that was about to end would have said so through the stay, which hears it no longer.
        if (isSending || wasEnding)
        {
            _server.Metrics.Ended(EndCode.Replaced);
            Cut();
            return;
        }

        _ = SayLastAsync(error: null, EndCode.Replaced, "A newer connection of this client has its seat.");
    }

    /// <summary>The client has a while to read what is sent last; then the connection is cut.</summary>
    internal void LimitClosing()
    {
        lock (_gate)
        {
            _isEnding = true;
            _limit?.Dispose();
            _limit = _isClosed
                ? null
                : _server.Time.CreateTimer(static self => ((SignalingConnection)self!).Cut(), this, _server.Options.CloseTimeout, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Ends the connection at once, unless it is over already.</summary>
    internal void Cut()
    {
        if (Volatile.Read(ref _isClosed))
            return;

        try
        {
            Link.Abort();
        }
        catch (Exception exception)
        {
            // It may have ended by itself at this moment; and a timer's thread must throw nothing.
            SignalingServer.Log.LinkBroke(_server.Logger, exception);
        }
    }

    private ValueTask DenyAsync(RoomEvent.Error error)
    {
        _server.Metrics.Refused(error.Code);
        return EndAsync(EndCode.Refused, "You were not let in.", error);
    }

    private ValueTask RefuseAsync(string error)
    {
        if (Volatile.Read(ref _isEnding))
            return default;

        if (++_malformed <= _server.Options.MaxMalformedFrames)
            return TellAsync(new RoomEvent.Error(RoomErrorCode.Malformed, error));

        _server.Metrics.Refused(RoomErrorCode.Malformed);
        return EndAsync(EndCode.Malformed, "Too many frames were malformed: send what the protocol allows.");
    }

    private ValueTask TellAsync(RoomEvent.Error error)
    {
        _server.Metrics.Refused(error.Code);
        if (_stay is not { } stay)
            return new ValueTask(SayAsync(ServerFrameJson.Encode(ServerFrame.Of(error))));

        return stay.TryTell(error)
            ? default
            : EndAsync(EndCode.TooSlow, "Too much waits for this client: read faster.", leaves: PeerLeftReason.TooSlow);
    }

    private ValueTask EndAsync(
        EndCode code, string detail, RoomEvent.Error? error = null, bool sendRest = false, PeerLeftReason? leaves = PeerLeftReason.Vanished)
    {
        Stay? stay;
        lock (_gate)
        {
            if (_isEnding)
                return default;

            _isEnding = true;
            stay = _stay;
        }

        if (stay is null)
            return new ValueTask(SayLastAsync(error, code, detail));

        if (error is not null)
            stay.TryTell(error);
        stay.End(this, code, detail, sendRest, leaves);
        return default;
    }

    /// <summary>Says something outside a stay, unless the last word was said. Whoever reads the client's frames waits for it, so that no
    /// more than one waits to be said.</summary>
    private Task SayAsync(ReadOnlyMemory<byte> frame)
    {
        TaskCompletionSource said = new();
        Task before;
        lock (_gate)
        {
            if (_isEnding)
                return Task.CompletedTask;

            (before, _saying) = (_saying, said.Task);
        }

        return SendAsync(before, frame, end: null, said);
    }

    private Task SayLastAsync(RoomEvent.Error? error, EndCode code, string detail)
    {
        _server.Metrics.Ended(code);
        LimitClosing();
        Task before;
        lock (_gate)
        {
            before = _saying;
        }

        byte[] end = ServerFrameJson.Encode(new ServerFrame { Type = ServerFrameType.End, Code = code, Detail = detail });
        return error is null
            ? SendAsync(before, end, code)
            : SendAsync(SendAsync(before, ServerFrameJson.Encode(ServerFrame.Of(error)), end: null), end, code);
    }

    private async Task SendAsync(Task before, ReadOnlyMemory<byte> frame, EndCode? end, TaskCompletionSource? said = null)
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
            Cut();
        }

        said?.SetResult();
    }
}
