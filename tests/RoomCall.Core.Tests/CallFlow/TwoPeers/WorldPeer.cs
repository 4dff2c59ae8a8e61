using System.Collections.Immutable;
using RoomCall.DataChannels;
using RoomCall.PeerConnections;
using RoomCall.Tests.Flow.Vectors;

namespace RoomCall.Tests.Flow;

/// <summary>
/// One flow with all that surrounds it: ordered queues from and to the server, an engine that does one operation after the other, when
/// the world says so, and media that is asked for.
/// </summary>
internal sealed class WorldPeer(string id, FlowRules rules, Action<string>? tell)
{
    private readonly FlowWatch _watch = new(rules);
    private readonly List<WorldConnection> _connections = [];
    private FlowState _state = new();

    public string Id => id;

    public ref readonly FlowState State => ref _state;

    public Queue<CallInput> Inbox { get; } = new();

    /// <summary>What is on its way to the server: joining, messages, leaving.</summary>
    public Queue<CallEffect> Outbox { get; } = new();

    public Queue<CallEffect> Operations { get; } = new();

    public bool IsMediaAskedFor { get; private set; }

    /// <summary>Its program is gone: it takes nothing more in.</summary>
    public bool IsCrashed { get; private set; }

    public bool IsOver => IsCrashed || _state.Phase == CallPhase.Ended;

    public IEnumerable<WorldConnection> OpenConnections => _connections.Where(connection => connection.IsOpen);

    public IEnumerable<FlowTimer> Timers => Enum.GetValues<FlowTimerSlot>().Select(_watch.Running).OfType<FlowTimer>();

    public void Give(CallInput input)
    {
        if (IsCrashed)
            return;

        FlowState before = _state;
        (_state, ImmutableArray<CallEffect> effects) = CallFlow.Step(rules, in before, input);
        tell?.Invoke($"{id} takes {input} and is {_state.Phase}, {_state.Step}, {_state.ConnectionState}, generation {_state.Generation}");
        _watch.Check(in before, input, in _state, effects);
        FlowRecorder.Note(this, rules, new FlowStep(before, input, _state, effects));
        foreach (CallEffect effect in effects)
        {
            Do(effect);
        }
    }

    public void Elapse(FlowTimer timer) => Give(new CallInput.TimerElapsed(timer, _watch.Number(timer.Slot())));

    public void Crash()
    {
        tell?.Invoke($"{id} crashes");
        IsCrashed = true;
        Inbox.Clear();
        Outbox.Clear();
        Operations.Clear();
        _connections.ForEach(connection => connection.IsOpen = false);
    }

    public void EndMedia(bool isReady)
    {
        IsMediaAskedFor = false;
        Give(isReady ? new CallInput.MediaReady(new StreamStub()) : new CallInput.MediaFailed(CallEndCode.MediaRefused, "No camera."));
    }

    /// <summary>The engine ends its next operation; one of a closed connection is skipped.</summary>
    public void EndOperation(bool fails)
    {
        CallEffect operation = Operations.Dequeue();
        if (operation is CallEffect.ClosePeerConnection { Connection: var closed })
        {
            Give(new CallInput.PeerConnectionClosed(closed));
            return;
        }

        (int number, EngineOperation kind) = Name(operation);
        WorldConnection connection = _connections.First(other => other.Number == number);
        if (!connection.IsOpen)
            return;

        if (fails)
            Give(new CallInput.OperationFailed(number, kind, "The engine cannot."));
        else if (EndWell(operation, connection) is { } result)
            Give(result);
    }

    public void Report(WorldConnection connection, PeerConnectionState state)
    {
        connection.Reported = state;
        Give(new CallInput.ConnectionChanged(connection.Number, state));
    }

    public void OpenChannel(WorldConnection connection)
    {
        connection.IsChannelOpen = true;
        Give(new CallInput.DataChannelChanged(connection.Number, DataChannelState.Open));
    }

    private void Do(CallEffect effect)
    {
        switch (effect)
        {
            case CallEffect.JoinRoom or CallEffect.Send or CallEffect.Park or CallEffect.LeaveRoom:
                Outbox.Enqueue(effect);
                break;
            case CallEffect.OpenMedia:
                IsMediaAskedFor = true;
                break;
            case CallEffect.CloseMedia:
                IsMediaAskedFor = false;
                break;
            case CallEffect.CreatePeerConnection create:
                _connections.Add(new WorldConnection(id, create.Connection));
                Operations.Enqueue(effect);
                break;
            case CallEffect.ClosePeerConnection close:
                _connections.First(connection => connection.Number == close.Connection).IsOpen = false;
                Operations.Enqueue(effect);
                break;
            case CallEffect.CreateOffer or CallEffect.CreateAnswer or CallEffect.SetLocalDescription or CallEffect.SetRemoteDescription
                or CallEffect.AddIceCandidate:
                Operations.Enqueue(effect);
                break;
        }
    }

    private CallInput? EndWell(CallEffect operation, WorldConnection connection)
    {
        switch (operation)
        {
            case CallEffect.CreateOffer:
                return new CallInput.OfferCreated(connection.Number, new SessionDescription(SdpType.Offer, connection.NewDescription()));
            case CallEffect.CreateAnswer:
                return new CallInput.AnswerCreated(connection.Number, new SessionDescription(SdpType.Answer, connection.NewDescription()));
            case CallEffect.SetLocalDescription set:
                connection.Local = set.Description.Sdp;
                return new CallInput.LocalDescriptionApplied(connection.Number, set.Description);
            case CallEffect.SetRemoteDescription set:
                connection.Remote = set.Description.Sdp;
                return new CallInput.RemoteDescriptionApplied(connection.Number);
            default:
                return null;
        }
    }

    private static (int Connection, EngineOperation Operation) Name(CallEffect effect) => effect switch
    {
        CallEffect.CreatePeerConnection create => (create.Connection, EngineOperation.CreatePeerConnection),
        CallEffect.CreateOffer create => (create.Connection, EngineOperation.CreateOffer),
        CallEffect.CreateAnswer create => (create.Connection, EngineOperation.CreateAnswer),
        CallEffect.SetLocalDescription set => (set.Connection, EngineOperation.SetLocalDescription),
        CallEffect.SetRemoteDescription set => (set.Connection, EngineOperation.SetRemoteDescription),
        CallEffect.AddIceCandidate add => (add.Connection, EngineOperation.AddIceCandidate),
        _ => throw new ArgumentOutOfRangeException(nameof(effect)),
    };
}
