using RoomCall.Scheduling;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Signaling.Links;

/// <summary>One link of a stay, from its first frame to its end.</summary>
internal sealed class LinkSession : IAsyncDisposable
{
    private readonly ISignalingLink _link;
    private readonly Stay _stay;
    private readonly IncomingQueue _incoming;
    private readonly LinkSender _sender;
    private readonly LinkWatch _watch;
    private readonly SettlingTimer _settling;
    private readonly Lock _gate = new();
    private volatile bool _isClosing;
    private volatile Exception? _dropped;

    public LinkSession(
        ISignalingLink link,
        Stay stay,
        LinkOutbox outbox,
        IncomingQueue incoming,
        ResumingSignalerOptions options,
        TimeProvider timeProvider)
    {
        _link = link;
        _stay = stay;
        _incoming = incoming;
        _watch = new LinkWatch(options, timeProvider, Ping, Drop);
        _sender = new LinkSender(link, outbox, _watch.EndSoon);

        _settling = new SettlingTimer(timeProvider, Settle);

        void Settle()
        {
            if (outbox.TrySettle())
            {
                Kick();
            }
        }

        void Ping()
        {
            outbox.Ping();
            Kick();
        }
    }

    /// <summary>There may be something to send.</summary>
    public void Kick() => _sender.Kick();

    /// <summary>Says the first frame, unless it went with the request, and reads what comes, until the link or the stay has ended. It does not
    /// throw.</summary>
    public async Task<Verdict> RunAsync()
    {
        _watch.Start();
        Kick();
        try
        {
            return await ReadAsync().ConfigureAwait(DeterministicContext.IsCurrent);
        }
        catch (RoomCallException exception) when (
            exception.Code == RoomCallErrorCode.Malformed || (exception.Code == RoomCallErrorCode.SignalingUnavailable && !_stay.HasBegun))
        {
            return Verdict.Over(exception);
        }
        catch (Exception exception)
        {
            return _isClosing ? Verdict.Over() : Verdict.Lost(_dropped ?? exception);
        }
    }

    /// <summary>Tells the server, behind what is being sent, that this client does not come back. What comes from here on is passed over.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_isClosing)
            {
                return;
            }

            _isClosing = true;
        }

        _incoming.Release();
        _watch.EndSoon(SignalingLoss.HasEnded());
        _ = CloseAsync();
    }

    /// <summary>Gives the link back: after the server has closed too where this side has, within a bound; else without a word.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isClosing)
        {
            await DrainAsync().ConfigureAwait(DeterministicContext.IsCurrent);
        }

        _watch.Dispose();
        _settling.Dispose();
        _ = _sender.StopAsync();
        await DropLinkAsync().ConfigureAwait(DeterministicContext.IsCurrent);
    }

    private async Task<Verdict> ReadAsync()
    {
        Func<bool> isReleased = () => _isClosing || _dropped is not null;
        while (true)
        {
            if (_stay.IsUp)
            {
                _watch.IsPaused = true;
                await _incoming.WhenRoomAsync(isReleased).ConfigureAwait(DeterministicContext.IsCurrent);
                _watch.IsPaused = false;
            }

            if (await _link.ReceiveAsync().ConfigureAwait(DeterministicContext.IsCurrent) is not { } bytes)
            {
                return _isClosing ? Verdict.Over() : Verdict.Lost(_dropped ?? SignalingLoss.Closed(_link.Closure));
            }

            if (_isClosing)
            {
                continue;
            }

            _watch.Heard();
            Verdict verdict = Take(bytes);
            if (verdict.Kind != VerdictKind.GoOn)
            {
                return verdict;
            }

            // It may have brought room, an acknowledgement that is due, or the word that frames may go out.
            Kick();
            _settling.Begin();
        }
    }

    private Verdict Take(ReadOnlyMemory<byte> bytes)
    {
        if (!ServerFrameJson.TryDecode(bytes, out ServerFrame frame, out string? error))
        {
            return Verdict.Malformed(error);
        }

        bool wasUp = _stay.IsUp;
        Verdict verdict = _stay.Take(frame, bytes.Length);
        if (_stay.IsUp && !wasUp)
        {
            _watch.Answered();
        }

        return verdict;
    }

    private async Task CloseAsync()
    {
        try
        {
            await _sender.StopAsync().ConfigureAwait(DeterministicContext.IsCurrent);
            if (_dropped is null)
            {
                await _link.CloseAsync().ConfigureAwait(DeterministicContext.IsCurrent);
            }
        }
        catch (Exception exception)
        {
            Drop(exception);
        }
    }

    private async Task DrainAsync()
    {
        try
        {
            while (_dropped is null && await _link.ReceiveAsync().ConfigureAwait(DeterministicContext.IsCurrent) is not null)
            {
            }
        }
        catch (Exception)
        {
            // It has ended, one way or the other.
        }
    }

    private void Drop(Exception error)
    {
        lock (_gate)
        {
            _dropped ??= error;
        }

        _incoming.Release();
        _ = DropLinkAsync();
    }

    private async Task DropLinkAsync()
    {
        try
        {
            await _link.DisposeAsync().ConfigureAwait(DeterministicContext.IsCurrent);
        }
        catch (Exception)
        {
            // A transport that fails at giving back has given all that can be had.
        }
    }
}
