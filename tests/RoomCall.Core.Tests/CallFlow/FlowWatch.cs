using System.Collections.Immutable;
using RoomCall.DataChannels;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

/// <summary>
/// What must hold after every step of a flow, whatever was put in. It keeps its own books from the effects alone (which connection is
/// open, what the engine is doing, which timers run), and compares them with the state.
/// </summary>
internal sealed class FlowWatch(FlowRules rules)
{
    private readonly FlowTimer?[] _timers = new FlowTimer?[FlowTimerSlots.Count];
    private readonly int[] _numbers = new int[FlowTimerSlots.Count];
    private int _lastNumber;
    private int _open;
    private int _delivering;
    private int _lastOpened;
    private EngineOperation? _underWay;
    private SessionDescription? _local;
    private bool _isRemoteApplied;
    private int? _sentGeneration;
    private int _completed;

    public SessionDescription LocalDescription => _local ?? new SessionDescription(SdpType.Offer, "none was given");

    public int LastClosed { get; private set; }

    public FlowTimer? Running(FlowTimerSlot slot) => _timers[(int)slot];

    public int Number(FlowTimerSlot slot) => _numbers[(int)slot];

    public void Check(in FlowState before, CallInput input, in FlowState after, ImmutableArray<CallEffect> effects)
    {
        Note(input);
        for (int i = 0; i < effects.Length; i++)
        {
            Holds(before.Phase != CallPhase.Ended || effects[i] is CallEffect.RefuseDataChannel, "after the end only channels are refused");
            Holds(effects[i] is not CallEffect.Complete || i == effects.Length - 1, "Complete is the last effect");
            Note(before, after, effects[i]);
        }

        CheckConnection(after);
        CheckNegotiation(after);
        CheckTimers(after);
        Holds(after.PendingRemoteCandidates.Count <= rules.PendingCandidateLimit, "remote candidates wait within the limit");
        Holds(after.PendingLocalCandidates.Count <= rules.PendingCandidateLimit, "local candidates wait within the limit");
        Holds(_completed == (after.Phase == CallPhase.Ended ? 1 : 0), "Complete comes once, with the end");
        Holds((after.Phase >= CallPhase.Ending) == after.EndReason is not null, "there is a reason when it ends, and only then");
        Holds(after.Phase >= before.Phase || before.Phase < CallPhase.Ending, "nothing comes back from the end");
    }

    private void Note(CallInput input)
    {
        switch (input)
        {
            case CallInput.TimerElapsed elapsed when elapsed.Number == Number(elapsed.Timer.Slot()):
                _timers[(int)elapsed.Timer.Slot()] = null;
                _numbers[(int)elapsed.Timer.Slot()] = 0;
                break;
            case CallInput.OfferCreated { Connection: var connection }:
                End(connection, EngineOperation.CreateOffer);
                break;
            case CallInput.AnswerCreated { Connection: var connection }:
                End(connection, EngineOperation.CreateAnswer);
                break;
            case CallInput.LocalDescriptionApplied { Connection: var connection }:
                End(connection, EngineOperation.SetLocalDescription);
                break;
            case CallInput.RemoteDescriptionApplied { Connection: var connection }:
                _isRemoteApplied |= End(connection, EngineOperation.SetRemoteDescription);
                break;
        }
    }

    private bool End(int connection, EngineOperation operation)
    {
        bool isIt = connection == _open && _underWay == operation;
        _underWay = isIt ? null : _underWay;
        return isIt;
    }

    private void Note(in FlowState before, in FlowState after, CallEffect effect)
    {
        switch (effect)
        {
            case CallEffect.CreatePeerConnection create:
                Holds(_open == 0 && create.Connection > _lastOpened, "one connection at a time, each with a new number");
                Holds(create.WithDataChannel == after.IsInitiator, "the initiator makes the data channel (S18)");
                _open = _lastOpened = create.Connection;
                _underWay = null;
                _isRemoteApplied = false;
                _sentGeneration = null;
                break;
            case CallEffect.ClosePeerConnection close:
                IsOpen(close.Connection);
                LastClosed = close.Connection;
                _delivering = close.Deliver ? close.Connection : 0;
                _open = 0;
                _underWay = null;
                break;
            case CallEffect.CreateOffer create:
                Begin(create.Connection, EngineOperation.CreateOffer);
                _isRemoteApplied = false;
                _sentGeneration = null;
                break;
            case CallEffect.CreateAnswer create:
                Begin(create.Connection, EngineOperation.CreateAnswer);
                break;
            case CallEffect.SetLocalDescription set:
                Begin(set.Connection, EngineOperation.SetLocalDescription);
                _local = set.Description;
                break;
            case CallEffect.SetRemoteDescription set:
                Begin(set.Connection, EngineOperation.SetRemoteDescription);
                Holds(set.Description.Type == (after.IsInitiator ? SdpType.Answer : SdpType.Offer), "one side offers, the other answers");
                _isRemoteApplied = false;
                _sentGeneration = after.IsInitiator ? _sentGeneration : null;
                break;
            case CallEffect.AddIceCandidate add:
                IsOpen(add.Connection);
                Holds(_isRemoteApplied, "a candidate is added after the remote description of its generation");
                break;
            case CallEffect.AcceptDataChannel accept:
                IsOpen(accept.Connection);
                break;
            case CallEffect.CloseDataChannel close:
                Holds(close.Connection != 0 && (close.Connection == _open || close.Connection == _delivering), "no channel of a closed connection is closed");
                break;
            case CallEffect.LeaveRoom:
                _delivering = 0;
                break;
            case CallEffect.Park park:
                Holds(before.Remote is null && after is { Remote: null, IsInitiator: true }, "an offer is parked by a waiting initiator");
                Holds(park.Generation == after.Generation && park.Message.GenerationOrNull == park.Generation, "what is parked is of its generation");
                Note(park.Message);
                break;
            case CallEffect.Send send:
                Holds(send.To == before.Remote || send.To == after.Remote, "messages go to the peer of the call");
                Holds(!before.IsRemoteAbsent || !after.IsRemoteAbsent, "nothing is said to one who is not there");
                Note(send.Message);
                break;
            case CallEffect.StartTimer start:
                Holds(start.Number > _lastNumber, "each timer has a new number");
                Holds(Running(start.Timer.Slot()) != start.Timer || before.Step != after.Step, $"no repetition postpones {start.Timer}");
                _lastNumber = _numbers[(int)start.Timer.Slot()] = start.Number;
                _timers[(int)start.Timer.Slot()] = start.Timer;
                break;
            case CallEffect.StopTimer stop:
                _timers[(int)stop.Slot] = null;
                _numbers[(int)stop.Slot] = 0;
                break;
            case CallEffect.Complete:
                _completed++;
                break;
        }
    }

    private void Note(PeerMessage message)
    {
        Holds(message.GenerationOrNull is null or > 0, "a generation is 1 or more");
        if (message is PeerMessage.Offer or PeerMessage.Answer)
            _sentGeneration = message.GenerationOrNull;
        else if (message is PeerMessage.Candidate)
            Holds(message.GenerationOrNull == _sentGeneration, "a local candidate never overtakes its description");
        else if (message is PeerMessage.CloseChannel)
            Holds(_open != 0 || _delivering != 0, "only of a connection that is open it is told that a channel of it was closed");
    }

    private void Begin(int connection, EngineOperation operation)
    {
        IsOpen(connection);
        Holds(_underWay is null, $"{operation} waits until {_underWay} is done");
        _underWay = operation;
    }

    private void IsOpen(int connection) =>
        Holds(connection != 0 && connection == _open, $"nothing is asked of a closed connection ({connection})");

    private void CheckConnection(in FlowState state)
    {
        if (state.Phase < CallPhase.Ending)
        {
            bool isAhead = rules.ParkOffer && state is { Phase: CallPhase.Waiting, IsInitiator: true, Connection: not 0 };
            Holds((state.IsStarted || isAhead) == (state.Connection != 0), "a connection is started, or made ahead by a waiting initiator");
            Holds(state.ParkedOffer is null || isAhead, "an offer is parked only while nobody is there");
            Holds(!(state.IsRemoteAway || state.IsRemoteAbsent || state.RemoteName is not null) || state.Remote is not null, "who is away is the remote");
            Holds(!state.IsRemoteAbsent || state.Phase > CallPhase.Preparing, "nobody prepares a call with one who is not there");
            Holds(state.Connection == _open, "the connection in hand is the one that is open");
            Holds(state.IsStarted == state.Phase >= CallPhase.Negotiating, "the phase says that it is started");
            Holds(state.IsChannelReady == state.Phase >= CallPhase.Preparing, "a peer is there from Preparing on");
            Holds((state.Step == NegotiationStep.None) == (state.Connection == 0), "a step needs a connection");
        }
        else
        {
            Holds(!state.IsStarted && _open == 0, "what ends has no connection");
        }
    }

    private void CheckNegotiation(in FlowState state)
    {
        if (state.Phase >= CallPhase.Ending)
            return;

        EngineOperation? expected = state.Step switch
        {
            NegotiationStep.CreatingOffer => EngineOperation.CreateOffer,
            NegotiationStep.CreatingAnswer => EngineOperation.CreateAnswer,
            NegotiationStep.ApplyingLocalOffer or NegotiationStep.ApplyingLocalAnswer => EngineOperation.SetLocalDescription,
            NegotiationStep.ApplyingAnswer or NegotiationStep.ApplyingOffer => EngineOperation.SetRemoteDescription,
            _ => null,
        };
        Holds(_underWay == expected, $"in the step {state.Step} the engine does {expected}, not {_underWay}");
        SignalingState signaling = state.Step switch
        {
            NegotiationStep.AwaitingAnswer or NegotiationStep.ApplyingAnswer => SignalingState.HaveLocalOffer,
            NegotiationStep.CreatingAnswer or NegotiationStep.ApplyingLocalAnswer => SignalingState.HaveRemoteOffer,
            _ => SignalingState.Stable,
        };
        Holds(state.SignalingState == signaling, $"the step {state.Step} is {signaling}");
        bool mustBeDone = state.Phase is CallPhase.Connecting or CallPhase.Connected;
        Holds(!mustBeDone || state.Step == NegotiationStep.Done, "connecting follows the negotiation");
        bool isOfferer = state.Step is NegotiationStep.CreatingOffer or NegotiationStep.ApplyingLocalOffer or NegotiationStep.AwaitingAnswer
            or NegotiationStep.ApplyingAnswer;
        bool isUnderWay = state.Step is not (NegotiationStep.None or NegotiationStep.Done);
        Holds(!isUnderWay || isOfferer == state.IsInitiator, "the initiator offers, and nobody else");
    }

    private void CheckTimers(in FlowState state)
    {
        int[] numbers = [state.PhaseTimer, state.MediaTimer, state.DisconnectedTimer, state.SignalingTimer];
        Holds(numbers.AsSpan().SequenceEqual(_numbers), "the timers that run are those of the state");
        FlowTimer? phase = Running(FlowTimerSlot.Phase);
        bool isRight = state.Phase switch
        {
            CallPhase.Joining => phase == FlowTimer.Join || _lastNumber == 0,
            CallPhase.Waiting => phase == FlowTimer.Wait,
            CallPhase.Preparing => phase is null,
            CallPhase.Negotiating => phase is FlowTimer.Negotiation or FlowTimer.RemoteMedia,
            CallPhase.Connecting => phase == FlowTimer.Connection,
            CallPhase.Connected => phase == (state.DataChannelState == DataChannelState.Connecting ? FlowTimer.DataChannel : null),
            CallPhase.Recovering => phase == FlowTimer.Recovery,
            CallPhase.Ending => phase == FlowTimer.HangUp,
            _ => phase is null,
        };
        Holds(isRight, $"{state.Phase} has its deadline, not {phase}");
        bool isOn = state.Phase < CallPhase.Ending;
        bool isAskedFor = state.LocalMedia == LocalMediaState.Requested;
        Holds(Runs(FlowTimerSlot.Media) == (isOn && isAskedFor), "media has its deadline");
        Holds(state.Phase != CallPhase.Preparing || isAskedFor, "a call is prepared while media is asked for");
        Holds(Runs(FlowTimerSlot.Signaling) == (isOn && state.IsSignalingInterrupted), "the server's connection has its deadline");
        bool isLost = state.Phase == CallPhase.Connected
            && state.ConnectionState is PeerConnectionState.Disconnected or PeerConnectionState.Closed or PeerConnectionState.Failed;
        Holds(!isLost || Runs(FlowTimerSlot.Disconnected), "a lost connection has its deadline");
        bool mayComeBack = state.Phase is CallPhase.Connected or CallPhase.Connecting;
        Holds(mayComeBack || !Runs(FlowTimerSlot.Disconnected), "only a call that is up waits to come back");
    }

    private bool Runs(FlowTimerSlot slot) => Running(slot) is not null;

    private static void Holds(bool isSo, string rule)
    {
        if (!isSo)
            throw new AssertionException($"A step broke the rule: {rule}.");
    }
}
