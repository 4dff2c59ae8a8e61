using RoomCall.DataChannels;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Flow.Vectors;

/// <summary>One input of each kind in each phase.</summary>
internal static class EveryInput
{
    public static IEnumerable<FlowWalk> Play() =>
        from phase in Enum.GetValues<CallPhase>()
        from input in InputsFor(connection: 1)
        select Play(phase, input);

    private static FlowWalk Play(CallPhase phase, CallInput input)
    {
        using FlowRecorder recorder = new();
        FlowBench.In(phase).Give(input);
        return recorder.Walks($"{phase}: {input.GetType().Name}").Single();
    }

    private static CallInput[] InputsFor(int connection) =>
    [
        new CallInput.HangUp(),
        new CallInput.Room(new RoomEvent.Message(FlowBench.You, "\"bye\""u8.ToArray())),
        new CallInput.PeerSaid(FlowBench.You, new PeerMessage.Bye()),
        new CallInput.PeerSaidNonsense(FlowBench.You, "No JSON."),
        new CallInput.SignalingEnded("The server is gone."),
        new CallInput.MessageNotSendable("Too large."),
        new CallInput.RoomLeft(),
        new CallInput.MediaReady(new StreamStub()),
        new CallInput.MediaFailed(CallEndCode.MediaFailed, "No camera."),
        new CallInput.OfferCreated(connection, new SessionDescription(SdpType.Offer, "my offer")),
        new CallInput.AnswerCreated(connection, new SessionDescription(SdpType.Answer, "my answer")),
        new CallInput.LocalDescriptionApplied(connection, new SessionDescription(SdpType.Offer, "my offer")),
        new CallInput.RemoteDescriptionApplied(connection),
        new CallInput.OperationFailed(connection, EngineOperation.CreatePeerConnection, "The engine cannot."),
        new CallInput.CandidateFound(connection, new IceCandidate("candidate", "0", 0)),
        new CallInput.ConnectionChanged(connection, PeerConnectionState.Failed),
        new CallInput.DataChannelChanged(connection, DataChannelState.Closed),
        new CallInput.DataChannelReceived(connection, new ChannelStub()),
        new CallInput.ChannelClosed(connection, 2, 3, IsAnswer: false),
        new CallInput.Notice(connection, new CallEvent.RemoteStreamAdded(new StreamStub())),
        new CallInput.PeerConnectionClosed(connection),
        new CallInput.TimerElapsed(FlowTimer.Signaling, 1),
    ];
}
