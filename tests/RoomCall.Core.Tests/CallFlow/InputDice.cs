using RoomCall.DataChannels;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

/// <summary>Draws inputs of every kind for a flow: often those that it waits for, often those that are wrong, late or repeated.</summary>
internal sealed class InputDice(Random random)
{
    private static readonly string[] Peers = [FlowBench.You, FlowBench.Next, "stranger"];
    private static readonly CallEndCode[] MediaFaults = [CallEndCode.MediaRefused, CallEndCode.MediaFailed];
    private static readonly SessionDescription Offer = new(SdpType.Offer, "my offer");
    private static readonly SessionDescription Answer = new(SdpType.Answer, "my answer");

    public CallInput Draw(FlowBench flow) => random.Next(100) < 55 ? DrawExpected(flow) : DrawAny(flow);

    // What a well-behaved world would say next: without it a walk would seldom get far.
    private CallInput DrawExpected(FlowBench flow)
    {
        FlowState state = flow.State;
        int connection = state.Connection;
        return state.Phase switch
        {
            CallPhase.Joining => random.Next(2) == 0
                ? new CallInput.Room(new RoomEvent.Created(FlowBench.Room, FlowBench.Me, []))
                : new CallInput.Room(new RoomEvent.Joined(FlowBench.Room, FlowBench.Me, [FlowBench.You], FlowBench.You, [])),
            CallPhase.Waiting => new CallInput.Room(
                new RoomEvent.Join(Pick(Peers), random.Next(4) == 0 ? FlowBench.You : FlowBench.Me) { Parked = DrawParked() }),
            CallPhase.Ending => random.Next(2) == 0 ? new CallInput.PeerConnectionClosed(connection) : new CallInput.RoomLeft(),
            _ when state.LocalMedia == LocalMediaState.Requested => new CallInput.MediaReady(new StreamStub()),
            _ => state.Step switch
            {
                NegotiationStep.CreatingOffer => new CallInput.OfferCreated(connection, Offer),
                NegotiationStep.ApplyingLocalOffer => new CallInput.LocalDescriptionApplied(connection, Offer),
                NegotiationStep.AwaitingAnswer =>
                    new CallInput.PeerSaid(state.Remote!, new PeerMessage.Answer("answer", state.Generation, random.Next(2) == 0)),
                NegotiationStep.AwaitingOffer =>
                    new CallInput.PeerSaid(state.Remote!, new PeerMessage.Offer("offer", state.Generation + 1)),
                NegotiationStep.ApplyingOffer or NegotiationStep.ApplyingAnswer => new CallInput.RemoteDescriptionApplied(connection),
                NegotiationStep.CreatingAnswer => new CallInput.AnswerCreated(connection, Answer),
                NegotiationStep.ApplyingLocalAnswer => new CallInput.LocalDescriptionApplied(connection, Answer),
                _ => new CallInput.ConnectionChanged(
                    connection, random.Next(3) == 0 ? PeerConnectionState.Failed : PeerConnectionState.Connected),
            },
        };
    }

    private CallInput DrawAny(FlowBench flow)
    {
        FlowState state = flow.State;
        int connection = random.Next(3) == 0 ? random.Next(1, 4) + Math.Max(0, state.LastConnection - 2) : Math.Max(1, state.Connection);
        return random.Next(33) switch
        {
            0 => random.Next(12) == 0 ? new CallInput.HangUp() : new CallInput.RoomLeft(),
            1 => random.Next(12) == 0
                ? random.Next(2) == 0 ? new CallInput.SignalingEnded("The server is gone.") : new CallInput.MessageNotSendable("Too large.")
                : new CallInput.PeerSaidNonsense(Pick(Peers), "No JSON."),
            2 or 3 or 4 => new CallInput.Room(DrawRoomEvent()),
            5 => new CallInput.MediaReady(new StreamStub()),
            6 => new CallInput.MediaFailed(Pick(MediaFaults), "No camera."),
            7 => new CallInput.OfferCreated(connection, Offer),
            8 => new CallInput.AnswerCreated(connection, Answer),
            9 => new CallInput.LocalDescriptionApplied(connection, random.Next(2) == 0 ? Offer : Answer),
            10 => new CallInput.RemoteDescriptionApplied(connection),
            11 => random.Next(4) == 0
                ? new CallInput.OperationFailed(connection, Pick(Enum.GetValues<EngineOperation>()), "Cannot.")
                : new CallInput.OperationFailed(connection, EngineOperation.AddIceCandidate, "Cannot."),
            12 or 13 => new CallInput.CandidateFound(connection, new IceCandidate("candidate", "0", 0)),
            14 or 15 => new CallInput.ConnectionChanged(connection, Pick(Enum.GetValues<PeerConnectionState>())),
            16 or 17 => new CallInput.DataChannelChanged(connection, Pick(Enum.GetValues<DataChannelState>())),
            18 => new CallInput.DataChannelReceived(connection, new ChannelStub()),
            19 => new CallInput.Notice(connection, new CallEvent.GatheringCompleted()),
            20 => new CallInput.PeerConnectionClosed(connection),
            21 => DrawTimer(flow),
            22 => new CallInput.ChannelClosed(connection, random.Next(4), random.Next(4), random.Next(2) == 0),
            _ => new CallInput.PeerSaid(random.Next(5) == 0 ? Pick(Peers) : state.Remote ?? FlowBench.You, DrawMessage(state)),
        };
    }

    private CallInput.TimerElapsed DrawTimer(FlowBench flow)
    {
        FlowTimer timer = Pick(Enum.GetValues<FlowTimer>());
        return flow.Running(timer.Slot()) == timer && random.Next(4) == 0
            ? new CallInput.TimerElapsed(timer, flow.Number(timer.Slot()))
            : new CallInput.TimerElapsed(timer, flow.State.LastTimer + 1 + random.Next(2));
    }

    private RoomEvent DrawRoomEvent() => random.Next(14) switch
    {
        0 => new RoomEvent.Created(FlowBench.Room, FlowBench.Me, []),
        1 => new RoomEvent.Joined(FlowBench.Room, FlowBench.Me, random.Next(2) == 0 ? [] : [Pick(Peers)], Pick(Peers), []),
        2 => random.Next(4) == 0 ? new RoomEvent.Full(FlowBench.Room) : new RoomEvent.Log(["a line"]),
        3 or 4 => new RoomEvent.Join(Pick(Peers), random.Next(3) == 0 ? Pick(Peers) : FlowBench.Me) { Parked = DrawParked() },
        5 => new RoomEvent.Left(Pick(Peers), Pick(Enum.GetValues<PeerLeftReason>()), random.Next(3) == 0 ? Pick(Peers) : FlowBench.Me),
        6 => new RoomEvent.Error(Pick(Enum.GetValues<RoomErrorCode>()), "No."),
        7 => new RoomEvent.Message(Pick(Peers), "{}"u8.ToArray()),
        8 or 9 => new RoomEvent.Interrupted(),
        10 => new RoomEvent.Away(Pick(Peers)),
        11 => new RoomEvent.Back(Pick(Peers)),
        _ => new RoomEvent.Resumed(),
    };

    private int? DrawParked() => random.Next(3) == 0 ? null : random.Next(1, 4);

    private PeerMessage DrawMessage(in FlowState state)
    {
        int? generation = random.Next(8) switch
        {
            0 => null,
            1 => int.MaxValue,
            2 => 1,
            _ => Math.Max(1, Math.Max(state.Generation, state.RemoteGeneration) + random.Next(-1, 3)),
        };
        return random.Next(15) switch
        {
            0 or 1 => new PeerMessage.GotUserMedia(),
            2 or 3 or 4 => new PeerMessage.Offer("offer", generation, random.Next(2) == 0, random.Next(3) == 0),
            5 or 6 => new PeerMessage.Answer("answer", generation, random.Next(2) == 0, random.Next(3) == 0),
            7 or 8 => new PeerMessage.Restart(generation),
            9 => new PeerMessage.Bye(random.Next(2) == 0 ? null : CallEndCodeText.Of(Pick(Enum.GetValues<CallEndCode>()))),
            10 => new PeerMessage.CloseChannel(random.Next(4), random.Next(4), generation),
            _ => FlowBench.Candidate("candidate", generation),
        };
    }

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
}
