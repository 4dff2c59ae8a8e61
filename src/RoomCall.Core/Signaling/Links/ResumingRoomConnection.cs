using Microsoft.Extensions.Logging;
using RoomCall.Scheduling;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Signaling.Links;

/// <summary>One stay in a room, over as many links as it takes.</summary>
internal sealed partial class ResumingRoomConnection : IRoomConnection
{
    private static readonly byte[] ByeFrame = ClientFrameJson.Encode(new ClientFrame { Type = ClientFrameType.Bye });

    // A link that was up for so long has proved itself, even where nothing was said on it.
    private static readonly TimeSpan Proof = TimeSpan.FromSeconds(10);

    private readonly ResumingSignalerOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly OutgoingWindow _window;
    private readonly LinkOutbox _outbox;
    private readonly IncomingQueue _incoming;
    private readonly ISignalingTransport _transport;
    private readonly Stay _stay;
    private readonly Reconnection _reconnection;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private LinkSession? _session;
    private Task _running = Task.CompletedTask;
    private bool _isRead;
    private bool _isDisposed;

    public ResumingRoomConnection(
        string room,
        ISignalingTransport transport,
        ResumingSignalerOptions options,
        TimeProvider timeProvider,
        ILogger logger)
    {
        _transport = transport;
        _options = options;
        _timeProvider = timeProvider;
        _logger = logger;
        _window = new OutgoingWindow(options.SendBufferMessages, options.SendBufferBytes);
        _outbox = new LinkOutbox(_window);
        _incoming = new IncomingQueue(options.ReceiveBufferEvents, options.ReceiveBufferBytes);
        _stay = new Stay(room, options.Name, _window, _outbox, _incoming);
        _reconnection = new Reconnection(ConnectAsync, options.Reconnect, timeProvider, logger);
    }

    /// <summary>Makes a link, on which <see cref="Start"/> or a reconnection goes on.</summary>
    public ValueTask<ISignalingLink> ConnectAsync(CancellationToken cancellationToken) => _transport.ConnectAsync(_stay.First, cancellationToken);

    /// <summary>Begins the stay on its first link.</summary>
    public void Start(ISignalingLink link) => _running = DeterministicContext.Run(() => RunAsync(link));

    public IAsyncEnumerable<RoomEvent> ReadAllAsync(CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref _isRead, true)
            ? throw new InvalidOperationException("The events of a connection are read once, by one reader: pass them on from there.")
            : _incoming.ReadAllAsync(cancellationToken);

    public ValueTask SendAsync(ReadOnlyMemory<byte> payload, string? to, CancellationToken cancellationToken) =>
        AddAsync(payload, new ClientFrame { Type = ClientFrameType.Message, To = to, Payload = payload }, cancellationToken);

    public ValueTask ParkAsync(ReadOnlyMemory<byte> payload, int generation, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(generation, 1);
        return AddAsync(payload, new ClientFrame { Type = ClientFrameType.Park, Generation = generation, Payload = payload }, cancellationToken);
    }

    public async ValueTask LeaveAsync(CancellationToken cancellationToken)
    {
        if (_ended.Task.IsCompleted)
        {
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        _incoming.Leave();
        _window.Close(ByeFrame);
        Kick();
        await DeterministicContext.Follow(_ended.Task).WaitAsync(cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
    }

    public async ValueTask DisposeAsync()
    {
        Finish(null, isDropped: true);
        lock (_gate)
        {
            _isDisposed = true;
            _session?.Close();
        }

        await DeterministicContext.CancelAsync(_stop).ConfigureAwait(DeterministicContext.IsCurrent);
        await _running.ConfigureAwait(DeterministicContext.IsCurrent);
    }

    private ValueTask AddAsync(ReadOnlyMemory<byte> payload, in ClientFrame frame, CancellationToken cancellationToken)
    {
        if (!OutgoingPayload.IsJson(payload.Span))
        {
            return ValueTask.FromException(new ArgumentException("A payload is one JSON value in UTF-8, at most 63 levels deep.", nameof(payload)));
        }

        ValueTask taken = _window.AddAsync(ClientFrameJson.Encode(frame), cancellationToken);
        Kick();
        return taken;
    }

    private void Kick() => Volatile.Read(ref _session)?.Kick();

    private async Task RunAsync(ISignalingLink link)
    {
        try
        {
            ISignalingLink? next = link;
            while (next is not null)
            {
                next = await RunLinkAsync(next).ConfigureAwait(DeterministicContext.IsCurrent);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (RoomCallException exception)
        {
            Finish(exception);
        }
        catch (Exception exception)
        {
            // A policy that throws, or a fault of ours: either way nobody waits in vain.
            Finish(SignalingLoss.Lost($"The connection to the signaling server cannot be repaired: {exception.Message}", exception));
        }
    }

    /// <summary>Runs a link to its end.</summary>
    /// <returns>The next link; null when the stay has ended.</returns>
    private async Task<ISignalingLink?> RunLinkAsync(ISignalingLink link)
    {
        LinkSession session = new(link, _stay, _outbox, _incoming, _options, _timeProvider);

        // Before anybody can reach the new link: what they send is not to go out before its first frame.
        _stay.BeginLink(link.HasSentFirst);
        lock (_gate)
        {
            _session = session;
            if (_isDisposed)
            {
                session.Close();
            }
        }

        long start = _timeProvider.GetTimestamp();
        Verdict verdict = await session.RunAsync().ConfigureAwait(DeterministicContext.IsCurrent);
        if (_stay.HasProgressed || (_stay.IsUp && _timeProvider.GetElapsedTime(start) >= Proof))
        {
            _reconnection.Prove();
        }

        bool isOver = verdict.Kind == VerdictKind.Over || !_stay.TryInterrupt();
        if (isOver)
        {
            Finish(verdict.Kind == VerdictKind.Over ? verdict.Error : null);
            session.Close();
        }

        await session.DisposeAsync().ConfigureAwait(DeterministicContext.IsCurrent);
        return isOver ? null : await _reconnection.ConnectAsync(verdict.Error, _stop.Token).ConfigureAwait(DeterministicContext.IsCurrent);
    }

    private void Finish(Exception? error, bool isDropped = false)
    {
        if (error is not null)
        {
            Log.Ended(_logger, error);
        }

        _incoming.End(error, isDropped);
        _window.End(error);
        _ended.TrySetResult();
    }

    private static partial class Log
    {
        [LoggerMessage(1402, LogLevel.Debug, "The connection to the signaling server ended.")]
        public static partial void Ended(ILogger logger, Exception exception);
    }
}
