using System.Text;
using RoomCall.DataChannels;
using RoomCall.PeerConnections;
using RoomCall.Scheduling;

namespace RoomCall;

/// <summary>The session in a user's hands; <see cref="SessionLoop"/> does the work.</summary>
internal sealed class CallSession : ICallSession
{
    private readonly SessionLoop _loop;
    private readonly string _ownLabel;

    public CallSession(string room, CallOptions options, CallServices services)
    {
        Room = room;
        _ownLabel = options.DataChannelLabel;
        _loop = new SessionLoop(room, options, services);
        Completion = DeterministicContext.Follow(_loop.Completion);
        _loop.Start();
    }

    public string Room { get; }

    public CallState State => _loop.States.Value;

    public IObservable<CallState> States => _loop.States;

    public IObservable<CallEvent> Events => _loop.Events;

    public IDataChannel DataChannel => _loop.Channels.Own;

    public Task<CallEndReason> Completion { get; }

    public async Task<CallState> WhenAsync(Func<CallState, bool> predicate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        cancellationToken.ThrowIfCancellationRequested();
        StateWait wait = new(predicate);
        using IDisposable subscription = _loop.States.Subscribe(wait);
        return await DeterministicContext.Follow(wait.Result).WaitAsync(cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent)
            ?? throw new RoomCallException(await Completion.WaitAsync(cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent));
    }

    public Task WhenConnectedAsync(CancellationToken cancellationToken = default) =>
        WhenAsync(static state => state.Phase == CallPhase.Connected, cancellationToken);

    public async Task<IDataChannel> WhenDataChannelOpenAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            // An engine may open the channel a moment before the call counts as connected; who gets it may open further ones at once.
            await WhenAsync(
                static state => state.DataChannelState == DataChannelState.Open && state.Phase == CallPhase.Connected,
                cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
            IDataChannel channel = DataChannel;
            if (channel.State == DataChannelState.Open)
            {
                return channel;
            }

            // It closed in this very moment: the next one is waited for.
            await WhenAsync(
                static state => state.DataChannelState != DataChannelState.Open,
                cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
        }
    }

    public Task<CallEndReason> WhenCompletedAsync(CancellationToken cancellationToken = default) => Completion.WaitAsync(cancellationToken);

    public async Task<IDataChannel> OpenDataChannelAsync(
        string label,
        DataChannelOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        CheckLabel(label);
        CallState state = await WhenAsync(
            static state => state.Phase == CallPhase.Connected || !state.IsStarted,
            cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
        if (state.Phase != CallPhase.Connected)
        {
            throw state.EndReason is { } reason ? new RoomCallException(reason) : NotConnected();
        }

        Task<IDataChannel?> creating = DeterministicContext.Follow(_loop.Engine.CreateDataChannelAsync(label, options ?? DataChannelOptions.Reliable));
        try
        {
            IDataChannel channel = await creating.WaitAsync(cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent)
                ?? throw NotConnected();
            await channel.WhenOpenAsync(cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
            return channel;
        }
        catch (OperationCanceledException)
        {
            _ = GiveUpAsync(creating);
            throw;
        }
    }

    public Task<IDataChannel> AcceptDataChannelAsync(string? label = null, CancellationToken cancellationToken = default) =>
        _loop.Channels.Lobby.TakeAsync(label, cancellationToken);

    public Task<PeerConnectionStatistics> GetStatisticsAsync(CancellationToken cancellationToken = default) =>
        _loop.Engine.GetStatisticsAsync(cancellationToken);

    public Task HangUpAsync(CancellationToken cancellationToken = default)
    {
        _loop.Post(new CallInput.HangUp());
        return Completion.WaitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private static async Task GiveUpAsync(Task<IDataChannel?> creating)
    {
        try
        {
            if (await creating.ConfigureAwait(DeterministicContext.IsCurrent) is { } channel)
            {
                await channel.CloseAsync().ConfigureAwait(DeterministicContext.IsCurrent);
            }
        }
        catch (Exception)
        {
            // It was not created, which nobody waits to hear any more.
        }
    }

    private void CheckLabel(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        if (label == _ownLabel)
        {
            throw new ArgumentException("This is the label of the call's own data channel: use DataChannel, or another label.", nameof(label));
        }

        if (Encoding.UTF8.GetByteCount(label) > ushort.MaxValue)
        {
            throw new ArgumentException("A label has at most 65,535 bytes in UTF-8.", nameof(label));
        }
    }

    private RoomCallException NotConnected() => new(
        RoomCallErrorCode.NotConnected,
        $"No call has started (the session is {State.Phase}): await WhenConnectedAsync before opening a data channel.");

    /// <summary>Waits for the first state that fits; null: the session ended before.</summary>
    private sealed class StateWait(Func<CallState, bool> predicate) : IObserver<CallState>
    {
        private readonly TaskCompletionSource<CallState?> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<CallState?> Result => _result.Task;

        public void OnNext(CallState value)
        {
            try
            {
                if (!_result.Task.IsCompleted && predicate(value))
                {
                    _result.TrySetResult(value);
                }
            }
            catch (Exception exception)
            {
                _result.TrySetException(exception); // the caller's own predicate failed: the caller gets it
            }
        }

        public void OnCompleted() => _result.TrySetResult(null);

        public void OnError(Exception error) => _result.TrySetException(error);
    }
}
