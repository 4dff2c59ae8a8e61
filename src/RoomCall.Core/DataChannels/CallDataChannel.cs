using Microsoft.Extensions.Logging;
using RoomCall.Observables;
using RoomCall.Scheduling;

namespace RoomCall.DataChannels;

/// <summary>
/// The user's side of a data channel. It exists before the engine's side does, takes messages, subscriptions and waits, and is
/// attached to the engine's side when there is one, or aborted.
/// </summary>
/// <remarks>
/// The states only move forward, under one lock, in which nobody is called but the owner. The two halves have locks of their own.
/// Sending is refused before the state says so, and reading ends after: who sees a state, or the end of the messages, finds what
/// the state promises.
/// </remarks>
internal sealed partial class CallDataChannel : IDataChannel
{
    private readonly Lock _gate = new();
    private readonly ILogger _logger;
    private readonly Action<CallDataChannel, DataChannelState>? _stateMoved;
    private readonly Action<CallDataChannel, ChannelClosing>? _closing;
    private readonly IsolatedBehavior<DataChannelState> _states;
    private readonly SendSide _sending;
    private readonly ReceiveSide _receiving;
    private IDataChannelTransport? _transport;
    private Link? _link;
    private bool _isOpening;
    private TaskCompletionSource<bool>? _opened;
    private TaskCompletionSource? _closed;
    private MessagePump? _messages;
    private bool _closeRequested;
    private bool _hasStream;

    /// <summary>Makes a channel that is connecting.</summary>
    /// <param name="label">The label.</param>
    /// <param name="options">Order, reliability and sub-protocol.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="logger">Where observers that throw and messages that are not sent are told.</param>
    /// <param name="stateMoved">The owner: told of each move of the state, in order, before any observer. It only posts: the channel's
    /// lock is held meanwhile. One delegate serves all channels of an owner.</param>
    /// <param name="closing">The owner: told once when this side closes the engine's side, but not by <see cref="Abort"/>. It only posts.</param>
    public CallDataChannel(
        string label,
        DataChannelOptions options,
        DataChannelLimits limits,
        ILogger logger,
        Action<CallDataChannel, DataChannelState>? stateMoved = null,
        Action<CallDataChannel, ChannelClosing>? closing = null)
    {
        Label = label;
        Options = options;
        _logger = logger;
        _stateMoved = stateMoved;
        _closing = closing;
        _states = new(DataChannelState.Connecting, logger);
        _sending = new(this, limits);
        _receiving = new(limits.ReceiveBufferLimit);
    }

    public override string ToString() => $"{Label} ({State})";

    public string Label { get; }

    public DataChannelOptions Options { get; private set; }

    public DataChannelState State => _states.Value;

    public IObservable<DataChannelState> States => _states;

    public int MaxMessageSize => _sending.MaxMessageSize;

    public long BufferedAmount => _sending.BufferedAmount;

    public IObservable<DataMessage> Messages => LazyInitializer.EnsureInitialized(ref _messages, () => new(_receiving, _logger));

    /// <summary>The receiving half, for a stream.</summary>
    public ReceiveSide Receiving => _receiving;

    public ValueTask SendAsync(string text, CancellationToken cancellationToken = default) =>
        _sending.SendAsync(DataMessage.FromText(text), cancellationToken);

    public ValueTask SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) =>
        _sending.SendAsync(DataMessage.FromBytes(data), cancellationToken);

    public ValueTask<DataMessage> ReceiveAsync(CancellationToken cancellationToken = default) => _receiving.ReceiveAsync(cancellationToken);

    public IAsyncEnumerable<DataMessage> ReadAllAsync(CancellationToken cancellationToken = default) =>
        _receiving.ReadAllAsync(cancellationToken);

    public DataChannelStream AsStream(DataChannelStreamOptions? options = null)
    {
        if (!Options.Ordered || !Options.IsReliable)
        {
            throw new InvalidOperationException(
                "A stream needs a data channel that is ordered and reliable: open one with DataChannelOptions.Reliable.");
        }

        return Interlocked.Exchange(ref _hasStream, true)
            ? throw new InvalidOperationException("The data channel has a stream already: use that one, or open a further channel.")
            : new(this, options ?? new());
    }

    public async Task WhenOpenAsync(CancellationToken cancellationToken = default)
    {
        Task<bool> opened;
        lock (_gate)
        {
            opened = State switch
            {
                DataChannelState.Connecting => (_opened ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task,
                DataChannelState.Open => Task.FromResult(true),
                _ => Task.FromResult(false),
            };
        }

        if (!await DeterministicContext.Follow(opened).WaitAsync(cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent))
        {
            throw _sending.ToClosedException();
        }
    }

    public Task CloseAsync(CancellationToken cancellationToken = default)
    {
        bool attached;
        Task closed;
        lock (_gate)
        {
            if (State == DataChannelState.Closed)
            {
                return Task.CompletedTask;
            }

            _closeRequested = true;
            attached = _transport is not null;
            closed = (_closed ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        if (attached)
        {
            _sending.Refuse(failure: null);
            Move(DataChannelState.Closing);
            _receiving.NeverWait();
            _sending.CloseWhenSent();
        }
        else
        {
            End(failure: null);
        }

        return DeterministicContext.Follow(closed).WaitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => new(CloseAsync());

    /// <summary>Gives the channel its engine's side; once, or again after <see cref="TryDetach"/>. A channel closed before closes the
    /// engine's side too.</summary>
    public void Attach(IDataChannelTransport transport)
    {
        bool close;
        Link link = new(this);
        lock (_gate)
        {
            if (_transport is not null)
            {
                throw new InvalidOperationException("The data channel is attached already.");
            }

            _transport = transport;
            _link = link;
            Options = transport.Options; // of the side that opened it
            close = _closeRequested || State == DataChannelState.Closed;
        }

        _sending.Attach(transport);
        if (transport.State == DataChannelState.Open)
        {
            // A channel that the other side opened is open from the start; its opening may or may not be told.
            OnOpen(link);
        }

        transport.Attach(link);
        if (close)
        {
            CloseTransport();
        }
    }

    /// <summary>Takes the engine's side away, whose connection is replaced, from a channel that never opened: what waits goes over the
    /// next one. False when it has opened, or is closing.</summary>
    public bool TryDetach()
    {
        lock (_gate)
        {
            if (_isOpening || _closeRequested || State != DataChannelState.Connecting)
            {
                return false;
            }

            _sending.Detach();
            _transport = null;
            _link = null;
            return true;
        }
    }

    /// <summary>Closes the channel at once. Safe to call at any moment, and twice.</summary>
    /// <param name="error">What cut it off: readers get it after what has arrived; null: they see a normal end.</param>
    public void Abort(Exception? error)
    {
        End(error is null ? null : ChannelFailure.CutOff(error));
        Volatile.Write(ref _isClosingTold, true); // its connection ends with it, and the other side's too
        CloseTransport();
    }

    /// <summary>Closes the channel at once, by a fault of its own.</summary>
    public void Fail(ChannelFailure failure)
    {
        if (End(failure))
        {
            Log.Failed(_logger, Label, failure.Code, failure.Message);
        }

        CloseTransport();
    }

    /// <summary>Tells of messages that were taken before the channel opened and will not be sent; zero is no news.</summary>
    public void ReportUnsent(int count)
    {
        if (count > 0)
        {
            Log.NotSent(_logger, Label, count);
        }
    }

    private void OnOpen(Link link)
    {
        lock (_gate)
        {
            if (_link != link)
            {
                return;
            }

            _isOpening = true;
        }

        _sending.Open();
        Move(DataChannelState.Open);
        CloseIfAllHasCome();
    }

    private ValueTask OnMessageAsync(DataMessage message)
    {
        if (_receiving.TryAdd(message, out ValueTask room))
        {
            CountArrived();
            return room;
        }

        ChannelFailure failure = ChannelFailure.ReceiveBufferFull(_receiving.Limit);
        if (Volatile.Read(ref _closeRequested))
        {
            // What is still to be sent before the channel closes must not suffer.
            _receiving.End(failure);
        }
        else
        {
            Fail(failure);
        }

        return ValueTask.CompletedTask;
    }

    private void OnClosing()
    {
        _sending.Refuse(failure: null);
        Move(DataChannelState.Closing);
        ReportUnsent(_sending.End());
    }

    private bool End(ChannelFailure? failure)
    {
        _sending.Refuse(failure);
        if (!Move(DataChannelState.Closed))
        {
            return false;
        }

        ReportUnsent(_sending.End());
        _receiving.End(failure);
        return true;
    }

    /// <summary>Moves the state forward; false when it is there or beyond.</summary>
    private bool Move(DataChannelState state)
    {
        lock (_gate)
        {
            if (State >= state)
            {
                return false;
            }

            _states.Post(state);
            _opened?.TrySetResult(state == DataChannelState.Open);
            if (state == DataChannelState.Closed)
            {
                _states.PostCompleted();
                _closed?.TrySetResult();
            }

            _stateMoved?.Invoke(this, state);
        }

        // Observers are the user's code: it runs neither on an engine's thread nor on the session's loop.
        _states.DeliverLater();
        return true;
    }

    /// <summary>What one engine's side tells; after it was taken away, nothing.</summary>
    private sealed class Link(CallDataChannel channel) : IDataChannelTransportObserver
    {
        private bool IsCurrent => Volatile.Read(ref channel._link) == this;

        public void OnOpen() => channel.OnOpen(this);

        public ValueTask OnMessageAsync(DataMessage message) => IsCurrent ? channel.OnMessageAsync(message) : default;

        public void OnBufferedAmountLow()
        {
            if (IsCurrent)
            {
                channel._sending.OnBufferedAmountLow();
            }
        }

        public void OnClosing()
        {
            if (IsCurrent)
            {
                channel.OnClosing();
            }
        }

        public void OnClosed(Exception? error)
        {
            if (IsCurrent)
            {
                channel.End(error is null ? null : ChannelFailure.CutOff(error));
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1310, LogLevel.Warning,
            "Data channel {Label} closed with {Count} message(s) unsent that it had taken before it opened.", EventName = "NotSent")]
        public static partial void NotSent(ILogger logger, string label, int count);

        [LoggerMessage(1311, LogLevel.Error, "Data channel {Label} was closed ({Code}): {Reason}", EventName = "Failed")]
        public static partial void Failed(ILogger logger, string label, RoomCallErrorCode code, string reason);
    }
}
