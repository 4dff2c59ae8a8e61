using System.Collections.Immutable;
using RoomCall.PeerConnections;
using RoomCall.Signaling;
using RoomCall.Tests.Flow.Vectors;

namespace RoomCall.Tests.Flow;

/// <summary>One call flow that a test drives by inputs. Whatever a test does, <see cref="FlowWatch"/> checks every step.</summary>
internal sealed partial class FlowBench(FlowRules rules)
{
    public const string Room = "lobby";
    public const string Me = "me";
    public const string You = "you";
    public const string Next = "next";

    private readonly FlowWatch _watch = new(rules);
    private readonly List<CallEffect> _all = [];
    private FlowState _state = new();

    public FlowBench()
        : this(new FlowRules())
    {
    }

    public FlowRules Rules => rules;

    public ref readonly FlowState State => ref _state;

    /// <summary>The effects of the input that was given last.</summary>
    public ImmutableArray<CallEffect> Last { get; private set; } = [];

    public IReadOnlyList<CallEffect> All => _all;

    public int Connection => _state.Connection;

    public CallPhase Phase => _state.Phase;

    public FlowBench Give(CallInput input)
    {
        FlowState before = _state;
        (_state, Last) = CallFlow.Step(rules, in before, input);
        _watch.Check(in before, input, in _state, Last);
        FlowRecorder.Note(this, rules, new FlowStep(before, input, _state, Last));
        _all.AddRange(Last);
        return this;
    }

    // --- what came of the last input

    public IEnumerable<T> Done<T>()
        where T : CallEffect => Last.OfType<T>();

    public IEnumerable<T> Raised<T>()
        where T : CallEvent => Last.OfType<CallEffect.Raise>().Select(raise => raise.Event).OfType<T>();

    public IEnumerable<T> Sent<T>()
        where T : PeerMessage => Last.OfType<CallEffect.Send>().Select(send => send.Message).OfType<T>();

    public IEnumerable<T> Parked<T>()
        where T : PeerMessage => Last.OfType<CallEffect.Park>().Select(park => park.Message).OfType<T>();

    public IEnumerable<SignalDropCode> Dropped => Raised<CallEvent.SignalDropped>().Select(dropped => dropped.Code);

    // --- inputs in short

    public FlowBench Hears(RoomEvent roomEvent) => Give(new CallInput.Room(roomEvent));

    public FlowBench Say(PeerMessage message, string from = You) => Give(new CallInput.PeerSaid(from, message));

    public FlowBench HangUp() => Give(new CallInput.HangUp());

    public FlowBench MediaReady() => Give(new CallInput.MediaReady(new StreamStub()));

    public FlowBench MediaFailed(CallEndCode code = CallEndCode.MediaRefused) => Give(new CallInput.MediaFailed(code, "No camera."));

    public FlowBench OfferCreated() => Give(new CallInput.OfferCreated(Connection, new SessionDescription(SdpType.Offer, "my offer")));

    public FlowBench AnswerCreated() => Give(new CallInput.AnswerCreated(Connection, new SessionDescription(SdpType.Answer, "my answer")));

    public FlowBench LocalApplied() => Give(new CallInput.LocalDescriptionApplied(Connection, _watch.LocalDescription));

    public FlowBench RemoteApplied() => Give(new CallInput.RemoteDescriptionApplied(Connection));

    public FlowBench Fails(EngineOperation operation) => Give(new CallInput.OperationFailed(Connection, operation, "The engine cannot."));

    public FlowBench Turns(PeerConnectionState state) => Give(new CallInput.ConnectionChanged(Connection, state));

    public FlowBench Channel(RoomCall.DataChannels.DataChannelState state) => Give(new CallInput.DataChannelChanged(Connection, state));

    public FlowBench Closed() => Give(new CallInput.PeerConnectionClosed(_watch.LastClosed));

    public FlowBench RoomLeft() => Give(new CallInput.RoomLeft());

    public FlowBench Finds(string candidate) => Give(new CallInput.CandidateFound(Connection, new IceCandidate(candidate, "0", 0)));

    /// <summary>Lets the timer elapse, which must be running.</summary>
    public FlowBench Elapses(FlowTimer timer)
    {
        Assert.That(_watch.Running(timer.Slot()), Is.EqualTo(timer), $"The timer {timer} does not run in {Phase}.");
        return Give(new CallInput.TimerElapsed(timer, _watch.Number(timer.Slot())));
    }

    public FlowTimer? Running(FlowTimerSlot slot) => _watch.Running(slot);

    public int Number(FlowTimerSlot slot) => _watch.Number(slot);

    public static PeerMessage.Candidate Candidate(string candidate, int? generation = null) =>
        new(new IceCandidate(candidate, "0", 0), generation);
}
