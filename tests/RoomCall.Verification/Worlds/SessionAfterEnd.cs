using System.Collections.Immutable;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Verification.Worlds;

/// <summary>A session that has ended takes anything in without a word.</summary>
internal static class SessionAfterEnd
{
    private static readonly CallInput[] Everything =
    [
        new CallInput.HangUp(),
        new CallInput.RoomLeft(),
        new CallInput.SignalingEnded("The connection to the server ended."),
        new CallInput.Room(new RoomEvent.Join("somebody", "somebody")),
        new CallInput.PeerSaid("somebody", new PeerMessage.Bye()),
        new CallInput.MediaFailed(CallEndCode.MediaRefused, "No camera."),
        new CallInput.ConnectionChanged(1, PeerConnectionState.Failed),
        new CallInput.OperationFailed(1, EngineOperation.CreateOffer, "The engine cannot."),
        new CallInput.PeerConnectionClosed(1),
        new CallInput.TimerElapsed(FlowTimer.HangUp, 1),
    ];

    public static bool Reacts(Scenario scenario, Side side)
    {
        foreach (CallInput input in Everything)
        {
            (FlowState after, ImmutableArray<CallEffect> effects) = scenario.Step(side.Rules, side.Flow, input);
            if (!effects.IsEmpty || after != side.Flow)
                return true;
        }

        return false;
    }
}
