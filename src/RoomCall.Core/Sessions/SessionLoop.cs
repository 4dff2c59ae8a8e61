using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RoomCall.DataChannels;
using RoomCall.Diagnostics;
using RoomCall.Observables;
using RoomCall.PeerConnections;
using RoomCall.Scheduling;
using RoomCall.Signaling;

namespace RoomCall;

/// <summary>
/// The one owner of a session: takes inputs in order, lets <see cref="CallFlow"/> step, shows the new state, and does the effects.
/// </summary>
internal sealed partial class SessionLoop : IThreadPoolWorkItem, IAsyncDisposable
{
    private readonly Channel<CallInput> _inputs = System.Threading.Channels.Channel.CreateUnbounded<CallInput>(new() { SingleReader = true });
    private readonly TaskCompletionSource<CallEndReason> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CallOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly FlowRules _rules;
    private readonly SessionTimers _timers;
    private readonly SessionSignaling _signaling;
    private readonly SessionMedia _media;
    private readonly SessionTelemetry _telemetry;
    private IReadOnlyList<IceServer> _recommendedServers = [];
    private FlowState _flow = new();

    public SessionLoop(string room, CallOptions options, CallServices services)
    {
        _options = options;
        _timeProvider = services.TimeProvider;
        _logger = services.LoggerFactory.CreateLogger<CallSession>();
        _rules = new FlowRules
        {
            WantsMedia = options.Media is not null,
            ContinueWithoutMedia = options.ContinueWithoutMedia,
            EndWhenRemoteLeaves = options.WhenRemoteLeaves == RemoteLeftPolicy.EndSession,
            CanRestartIce = services.PeerConnections.Capabilities.IceRestart,
            CloseByMessage = !services.PeerConnections.Capabilities.DataChannelClose,
            ParkOffer = options.ParkOffer,
            MaxRecoveryAttempts = options.MaxRecoveryAttempts,
            PendingCandidateLimit = options.PendingCandidateLimit,
        };
        States = new(_flow.ToCallState(), _logger);
        Events = new(_logger);
        Channels = new(options, Post, _logger);
        Engine = new(services.PeerConnections, options, Channels, _timeProvider, Post, _logger);
        _timers = new(options.Timeouts, _timeProvider, Post);
        _signaling = new(services.Signaler, room, Post, _logger);
        _media = new(options.Media, Post, _logger);
        _telemetry = new(services.Metrics, _timeProvider, _logger);
    }

    public IsolatedBehavior<CallState> States { get; }

    public SessionEvents Events { get; }

    public SessionChannels Channels { get; }

    public SessionEngine Engine { get; }

    /// <summary>Ends when the session has, with all that it held given back; never fails.</summary>
    public Task<CallEndReason> Completion => _completion.Task;

    /// <summary>Adds an input. Safe to call from any thread; after the end it does nothing.</summary>
    public void Post(CallInput input) => _inputs.Writer.TryWrite(input);

    public void Start()
    {
        Post(new CallInput.Join());

        // Not on the caller's thread, and without its context: the stay outlives the request that began it.
        DeterministicContext.Queue(this);
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    /// <summary>Hangs up, and ends when the session has.</summary>
    public async ValueTask DisposeAsync()
    {
        Post(new CallInput.HangUp());
        await Completion.ConfigureAwait(DeterministicContext.IsCurrent);
    }

    private async Task RunAsync()
    {
        CallEndReason? reason = null;
        try
        {
            while (reason is null)
            {
                CallInput input = await _inputs.Reader.ReadAsync().ConfigureAwait(DeterministicContext.IsCurrent);
                reason = Take(input);
            }
        }
        catch (Exception exception)
        {
            reason = Fail(exception);
        }

        try
        {
            await GiveBackAsync(reason).ConfigureAwait(DeterministicContext.IsCurrent);
        }
        finally
        {
            States.OnCompleted();
            Events.OnCompleted();
            _completion.TrySetResult(reason);
        }
    }

    // A fault of ours, or of a listener to logs or metrics: the session still ends, with a reason, and the user is told like of any end.
    private CallEndReason Fail(Exception exception)
    {
        CallEndReason reason = new(CallEndCode.InternalError, "A fault in the library ended the session; the log has the exception.");
        States.OnNext(_flow.ToCallState() with { Phase = CallPhase.Ended, EndReason = reason });
        Events.OnNext(new CallEvent.SessionEnded(reason));
        try
        {
            Log.LoopFailed(_logger, exception);
            _telemetry.OnEnded(reason);
        }
        catch (Exception)
        {
            // Where telemetry itself is what fails, nothing can be told there.
        }

        return reason;
    }

    /// <summary>Takes one input; returns the reason when the session is over by it.</summary>
    private CallEndReason? Take(CallInput input)
    {
        if (input is CallInput.Room or CallInput.PeerSaid or CallInput.PeerSaidNonsense)
        {
            _signaling.Processed();
        }

        if (input is CallInput.Room { Event: var roomEvent })
        {
            _recommendedServers = (roomEvent as RoomEvent.Created)?.IceServers ?? (roomEvent as RoomEvent.Joined)?.IceServers ?? _recommendedServers;
        }

        (_flow, ImmutableArray<CallEffect> effects) = CallFlow.Step(_rules, _flow, input);
        CallState state = _flow.ToCallState();
        if (state != States.Value)
        {
            Show(state);
        }

        CallEndReason? reason = null;
        Engine.Hold();
        try
        {
            foreach (CallEffect effect in effects)
            {
                reason ??= Do(effect);
            }
        }
        finally
        {
            Engine.Release();
        }

        return reason;
    }

    private void Show(CallState state)
    {
        _telemetry.OnState(States.Value, state);
        States.OnNext(state);
    }

    private void Raise(CallEvent callEvent)
    {
        _telemetry.OnEvent(callEvent);
        Events.OnNext(callEvent);
    }

    private CallEndReason? Do(CallEffect effect)
    {
        switch (effect)
        {
            case CallEffect.JoinRoom: _signaling.Join(); break;
            case CallEffect.Send send: _signaling.Send(send.To, send.Message); break;
            case CallEffect.Park park: _signaling.Park(park.Generation, park.Message); break;
            case CallEffect.LeaveRoom: _signaling.Leave(); break;
            case CallEffect.OpenMedia: _media.Open(); break;
            case CallEffect.CloseMedia: _ = GiveBackAsync(() => _media.DisposeAsync().AsTask()); break;
            case CallEffect.ClearLobby: Channels.Lobby.Clear(); break;
            case CallEffect.CreatePeerConnection create:
                Engine.CreatePeerConnection(create.Connection, create.WithDataChannel, _media.Stream, _recommendedServers);
                break;
            case CallEffect.CreateOffer create: Engine.CreateOffer(create.Connection, create.IceRestart); break;
            case CallEffect.CreateAnswer create: Engine.CreateAnswer(create.Connection); break;
            case CallEffect.SetLocalDescription set: Engine.SetLocalDescription(set.Connection, set.Description); break;
            case CallEffect.SetRemoteDescription set: Engine.SetRemoteDescription(set.Connection, set.Description); break;
            case CallEffect.AddIceCandidate add: Engine.AddIceCandidate(add.Connection, add.Candidate); break;
            case CallEffect.ClosePeerConnection close: Engine.Close(close.Connection, close.Deliver, CutOff(close.Fault)); break;
            case CallEffect.AcceptDataChannel accept: AcceptDataChannel(accept); break;
            case CallEffect.RefuseDataChannel refuse: Refuse(refuse.Transport); break;
            case CallEffect.CloseDataChannel close: CloseDataChannel(close); break;
            case CallEffect.RenewDataChannel renew: Channels.Renew(CutOff(renew.Fault), renew.KeepUnopened); break;
            case CallEffect.AnnounceDataChannel: Raise(new CallEvent.DataChannelOpened(Channels.Own)); break;
            case CallEffect.StartTimer start: _timers.Start(start.Timer, start.Number); break;
            case CallEffect.StopTimer stop: _timers.Stop(stop.Slot); break;
            case CallEffect.Raise raise: Raise(raise.Event); break;
            case CallEffect.Complete complete: return complete.Reason;
        }

        return null;
    }

    private void AcceptDataChannel(CallEffect.AcceptDataChannel accept)
    {
        IDataChannel? further;
        try
        {
            further = Channels.Accept(accept.Connection, accept.Transport);
        }
        catch (Exception exception)
        {
            // The engine's own: it costs the channel, not the session.
            Log.ChannelFailed(_logger, exception);
            return;
        }

        if (further is not null)
        {
            Raise(new CallEvent.DataChannelReceived(further));
        }
    }

    private void CloseDataChannel(CallEffect.CloseDataChannel close)
    {
        try
        {
            Channels.CloseAfter(close.Connection, close.Channel, close.Messages);
        }
        catch (Exception exception)
        {
            // The engine's own: the channel stays open, at the worst.
            Log.ChannelFailed(_logger, exception);
        }
    }

    private void Refuse(IDataChannelTransport transport)
    {
        try
        {
            transport.Close();
        }
        catch (Exception exception)
        {
            // The engine's own: the channel is unwanted all the same.
            Log.ChannelFailed(_logger, exception);
        }
    }

    private static RoomCallException? CutOff(string? fault) =>
        fault is null ? null : new(RoomCallErrorCode.DataChannelClosed, fault);

    // All that the session holds: timers, connections, media, the stay in the room. Bounded, since a session always completes.
    private async Task GiveBackAsync(CallEndReason reason)
    {
        _timers.StopAll();
        _inputs.Writer.TryComplete();
        RoomCallException? fault = reason.Code is CallEndCode.HungUp or CallEndCode.RemoteHungUp ? null : CutOff(reason.Detail);
        Channels.Close(fault, reason);
        Task all = Task.WhenAll(
            GiveBackAsync(() =>
            {
                Engine.CloseCurrent(fault);
                return Engine.WhenIdleAsync();
            }),
            GiveBackAsync(() => _media.DisposeAsync().AsTask()),
            GiveBackAsync(() => _signaling.DisposeAsync().AsTask()));
        try
        {
            await all.WaitAsync(_options.Timeouts.Operation, _timeProvider).ConfigureAwait(DeterministicContext.IsCurrent);
        }
        catch (TimeoutException exception)
        {
            Log.GivingBackFailed(_logger, exception);
        }

        while (_inputs.Reader.TryRead(out CallInput? late))
        {
            if (late is CallInput.DataChannelReceived received)
            {
                Refuse(received.Transport);
            }
        }
    }

    // Whatever an adapter throws, also after its time, keeps nothing else from being given back.
    private async Task GiveBackAsync(Func<Task> giveBack)
    {
        try
        {
            await giveBack().ConfigureAwait(DeterministicContext.IsCurrent);
        }
        catch (Exception exception)
        {
            Log.GivingBackFailed(_logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1010, LogLevel.Critical, "A session failed by a fault in the library; please report it.")]
        public static partial void LoopFailed(ILogger logger, Exception exception);

        [LoggerMessage(1011, LogLevel.Warning, "Something that a session held could not be given back.")]
        public static partial void GivingBackFailed(ILogger logger, Exception exception);

        [LoggerMessage(1012, LogLevel.Warning, "The engine failed at a data channel that the other side opened or closed.")]
        public static partial void ChannelFailed(ILogger logger, Exception exception);
    }
}
