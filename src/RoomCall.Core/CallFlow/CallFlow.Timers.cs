namespace RoomCall;

// What follows when time is up: every phase has its deadline (D6).
internal static partial class CallFlow
{
    private static void OnTimerElapsed(ref FlowTurn turn, CallInput.TimerElapsed elapsed)
    {
        if (!turn.TryTakeTimer(elapsed))
        {
            return; // it was stopped while it elapsed
        }

        switch (elapsed.Timer)
        {
            case FlowTimer.Join:
                End(ref turn, CallEndCode.JoinTimedOut, "The signaling server did not answer in time.");
                break;
            case FlowTimer.Wait:
                End(ref turn, CallEndCode.NobodyCame, "Nobody came into the room in time.");
                break;
            case FlowTimer.Media:
                turn.Emit(new CallEffect.CloseMedia());
                OnMediaFailed(ref turn, CallEndCode.MediaTimedOut, "Local media was not there in time.");
                break;
            case FlowTimer.RemoteMedia or FlowTimer.Negotiation or FlowTimer.Connection or FlowTimer.Recovery when turn.State.IsRemoteAbsent:
                LosePeerAndWait(ref turn, NotBack, isInitiator: true);
                break;
            case FlowTimer.RemoteMedia or FlowTimer.Negotiation:
                string missing = turn.State.IsInitiator ? "answer" : "offer";
                End(ref turn, CallEndCode.NegotiationTimedOut, $"No {missing} of the other side was applied in time.");
                break;
            case FlowTimer.Connection:
                End(ref turn, CallEndCode.ConnectionTimedOut, "No connection came about in time: a TURN server may be needed.");
                break;
            case FlowTimer.DataChannel:
                End(ref turn, CallEndCode.DataChannelTimedOut, "The data channel did not open in time: its label must be equal on both sides.");
                break;
            case FlowTimer.Recovery:
                End(ref turn, CallEndCode.ConnectionLost, "The connection was lost and could not be repaired in time.");
                break;
            case FlowTimer.Signaling:
                End(ref turn, CallEndCode.SignalingLost, "The connection to the signaling server was not repaired in time.");
                break;
            case FlowTimer.Disconnected:
                Recover(ref turn); // it did not come back: that would have stopped the timer
                break;
        }
    }
}
