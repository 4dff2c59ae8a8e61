using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Flow.Vectors;

/// <summary>The inputs of <see cref="InputDice"/>, and now and then what these seldom or never are: another client must do with them as the
/// flow does.</summary>
internal sealed class VectorDice(Random random)
{
    private const string Described = "v=0\r\na=ice-ufrag:new\r\n";
    private static readonly CallEndCode[] MediaFaults = [CallEndCode.MediaRefused, CallEndCode.MediaFailed, CallEndCode.MediaTimedOut];
    private static readonly string[] Peers = [FlowBench.You, FlowBench.Next, FlowBench.Me];
    private readonly InputDice _usual = new(random);

    public CallInput Draw(FlowBench flow) => random.Next(100) < 75 ? _usual.Draw(flow) : DrawRare(flow);

    private CallInput DrawRare(FlowBench flow) => random.Next(9) switch
    {
        0 or 1 => DrawCandidate(flow.Connection),
        2 or 3 => DrawDescribed(flow),
        4 => new CallInput.Room(DrawEventOfRoom(flow.State.Remote ?? Pick(Peers))),
        5 => DrawElapsed(flow),
        6 => new CallInput.PeerSaid(flow.State.Remote ?? FlowBench.You, new PeerMessage.Candidate(DrawIce(), DrawGeneration(flow.State))),
        7 => new CallInput.ConnectionChanged(flow.Connection, Pick(Enum.GetValues<PeerConnectionState>())),
        _ => random.Next(12) switch
        {
            0 => new CallInput.HangUp(),
            1 => new CallInput.MediaFailed(Pick(MediaFaults), "No camera."),
            2 => new CallInput.OperationFailed(flow.Connection, Pick(Enum.GetValues<EngineOperation>()), "The engine cannot."),
            3 => new CallInput.PeerConnectionClosed(flow.Connection),
            4 => new CallInput.RoomLeft(),
            _ => new CallInput.Room(DrawRejoined(flow.State.Remote ?? FlowBench.You)),
        },
    };

    // A description with a fragment, so that a candidate of another is told apart.
    private CallInput DrawDescribed(FlowBench flow) => flow.State.Step switch
    {
        NegotiationStep.CreatingOffer => new CallInput.OfferCreated(flow.Connection, new SessionDescription(SdpType.Offer, Described)),
        NegotiationStep.CreatingAnswer => new CallInput.AnswerCreated(flow.Connection, new SessionDescription(SdpType.Answer, Described)),
        NegotiationStep.ApplyingLocalOffer or NegotiationStep.ApplyingLocalAnswer => new CallInput.LocalDescriptionApplied(
            flow.Connection, new SessionDescription(flow.State.IsInitiator ? SdpType.Offer : SdpType.Answer, Described)),
        _ => DrawCandidate(flow.Connection),
    };

    private CallInput.CandidateFound DrawCandidate(int connection) => new(connection, DrawIce());

    private IceCandidate DrawIce() => random.Next(7) switch
    {
        0 => new IceCandidate("nowhere"),
        1 => new IceCandidate(""),
        2 => new IceCandidate("", "0", 0, "old"),
        3 => new IceCandidate("late", "0", 0, "old"),
        4 => new IceCandidate("fresh", "audio", null, "new"),
        5 => new IceCandidate("plain", null, 1, ""),
        _ => new IceCandidate("plain", null, 0),
    };

    private CallInput.TimerElapsed DrawElapsed(FlowBench flow)
    {
        FlowTimerSlot slot = Pick(Enum.GetValues<FlowTimerSlot>());
        return new CallInput.TimerElapsed(flow.Running(slot) ?? FlowTimer.Join, flow.Number(slot) == 0 ? 1 : flow.Number(slot));
    }

    private RoomEvent DrawEventOfRoom(string peer) => random.Next(8) switch
    {
        0 => new RoomEvent.Away(peer),
        1 => new RoomEvent.Back(peer),
        2 => new RoomEvent.Left(peer, Pick(Enum.GetValues<PeerLeftReason>()), Pick(Peers)),
        3 => new RoomEvent.Error(Pick(Enum.GetValues<RoomErrorCode>()), "The server does not."),
        4 => new RoomEvent.Interrupted(),
        5 => new RoomEvent.Log(["one line", "another"]),
        _ => new RoomEvent.Join(peer, Pick(Peers)) { Name = "Alice", Parked = random.Next(2) == 0 ? null : random.Next(1, 5) },
    };

    private RoomEvent DrawRejoined(string peer) => random.Next(8) switch
    {
        0 => new RoomEvent.Created(FlowBench.Room, FlowBench.Me, [new IceServer(["stun:192.0.2.1"]), new IceServer(["turn:192.0.2.1"], "u", "p")]),
        1 => new RoomEvent.Full(FlowBench.Room),
        2 or 3 => new RoomEvent.Interrupted(),
        4 => new RoomEvent.Joined(FlowBench.Room, FlowBench.Me, ["stranger", peer], "stranger", []),
        _ => new RoomEvent.Joined(FlowBench.Room, FlowBench.Me, [peer, "stranger"], random.Next(2) == 0 ? FlowBench.Me : peer, [])
        {
            Names = new Dictionary<string, string> { ["stranger"] = "Carol", [peer] = "Bob" },
        },
    };

    private int? DrawGeneration(in FlowState state) =>
        random.Next(4) == 0 ? null : Math.Max(1, Math.Max(state.Generation, state.RemoteGeneration) + random.Next(-1, 2));

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
}
