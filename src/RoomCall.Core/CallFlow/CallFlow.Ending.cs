using RoomCall.DataChannels;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall;

// Stopping a call and ending a session (S24 to S26, D3 to D6).
internal static partial class CallFlow
{
    // The other side is gone, and this one stays: the call ends, the session goes on.
    private static void StopCall(ref FlowTurn turn, CallEndReason reason)
    {
        CloseCall(ref turn, reason, deliver: false);
        ForgetCall(ref turn.State);
        turn.StopTimer(FlowTimerSlot.Phase);
        turn.StopTimer(FlowTimerSlot.Disconnected);
    }

    // S24. Where no connection is up, nothing that was sent can still arrive.
    private static void OnHangUp(ref FlowTurn turn) =>
        End(ref turn, CallEndCode.HungUp, "This side hung up.", deliver: turn.State.ConnectionState == PeerConnectionState.Connected);

    /// <summary>
    /// Ends the session: stop, tell the other side, leave (S24). <paramref name="deliver"/> keeps that order over what was sent:
    /// first it arrives, then the other side is told.
    /// </summary>
    private static void End(ref FlowTurn turn, CallEndCode code, string detail, bool deliver = false) =>
        End(ref turn, new CallEndReason(code, detail), deliver);

    private static void End(ref FlowTurn turn, CallEndReason reason, bool deliver)
    {
        bool isClosing = deliver && turn.State.Connection != 0;
        CloseCall(ref turn, reason, deliver);
        turn.State.Phase = CallPhase.Ending;
        turn.State.EndReason = reason;
        turn.StopAllTimers();
        turn.StartTimer(FlowTimer.HangUp);
        if (!isClosing)
        {
            TellAndLeave(ref turn);
        }
    }

    private static void OnInputWhileEnding(ref FlowTurn turn, CallInput input)
    {
        switch (input)
        {
            case CallInput.PeerConnectionClosed closed when closed.Connection == turn.State.Connection && !turn.State.IsLeaving:
                TellAndLeave(ref turn);
                break;

            // The connection is lost first: nothing can arrive any more.
            case CallInput.ConnectionChanged { State: PeerConnectionState.Failed } lost
                when lost.Connection == turn.State.Connection && !turn.State.IsLeaving:
                TellAndLeave(ref turn);
                break;

            // The other side is gone first: nothing is left to deliver.
            case CallInput.Room { Event: RoomEvent.Left left } when left.Peer == turn.State.Remote && !turn.State.IsLeaving:
                turn.State.Remote = null;
                TellAndLeave(ref turn);
                break;

            // It has come back to a server that had forgotten it, and can be told.
            case CallInput.Room { Event: RoomEvent.Join join } when join.Peer == turn.State.Remote:
                turn.State.IsRemoteAbsent = false;
                break;

            // What was sent is delivered when the other side has closed its end too, which its engine does not show.
            case CallInput.ChannelClosed closed when IsToldOfDelivery(turn):
                OnChannelClosed(ref turn, closed);
                break;

            case CallInput.PeerSaid { Message: PeerMessage.CloseChannel close } said when said.From == turn.State.Remote && IsToldOfDelivery(turn):
                OnCloseChannel(ref turn, close);
                break;

            case CallInput.RoomLeft when turn.State.IsLeaving:
                Finish(ref turn);
                break;

            case CallInput.TimerElapsed elapsed when turn.TryTakeTimer(elapsed):
                if (turn.State.IsLeaving)
                {
                    Finish(ref turn);
                }
                else
                {
                    turn.StartTimer(FlowTimer.HangUp); // telling and leaving get a time of their own
                    TellAndLeave(ref turn);
                }

                break;

            default:
                RefuseLateChannel(ref turn, input);
                break;
        }
    }

    private static bool IsToldOfDelivery(in FlowTurn turn) =>
        turn.State.IsRemoteClosingByMessage && !turn.Rules.CloseByMessage && !turn.State.IsLeaving;

    private static void TellAndLeave(ref FlowTurn turn)
    {
        turn.State.IsLeaving = true;
        if (!ByeReason.IsOfRemote(turn.State.EndReason!.Code))
        {
            turn.Tell(ByeReason.Write(turn.State.EndReason.Code));
        }

        turn.Emit(new CallEffect.LeaveRoom());
    }

    private static void Finish(ref FlowTurn turn)
    {
        CallEndReason reason = turn.State.EndReason!;
        ForgetCall(ref turn.State);
        turn.StopAllTimers();
        turn.State.Phase = CallPhase.Ended;
        turn.Raise(new CallEvent.SessionEnded(reason));
        turn.Emit(new CallEffect.Complete(reason));
    }

    // S26: the data channel and the peer connection are closed.
    private static void CloseCall(ref FlowTurn turn, CallEndReason reason, bool deliver)
    {
        if (turn.State.Connection != 0)
        {
            turn.Emit(new CallEffect.ClosePeerConnection(turn.State.Connection, deliver, Fault(reason)));
            turn.State.IsStarted = false;
        }

        if (!deliver)
        {
            turn.Emit(new CallEffect.RenewDataChannel(Fault(reason), KeepUnopened: false));
        }

        if (turn.State.IsChannelReady)
        {
            turn.Raise(new CallEvent.CallEnded(turn.State.Connection == 0 ? 0 : turn.State.Generation, reason));
        }
    }

    // What readers of a channel are told: after a hang-up everything has been delivered, so they see a normal end.
    private static string? Fault(CallEndReason reason) =>
        reason.Code is CallEndCode.HungUp or CallEndCode.RemoteHungUp ? null : reason.Detail;

    private static void ForgetCall(ref FlowState state)
    {
        state.Remote = null;
        state.RemoteName = null;
        state.IsRemoteAway = false;
        state.IsRemoteAbsent = false;
        state.IsStarted = false;
        state.IsRemoteMediaReady = false;
        state.RemoteGeneration = 0;
        state.PendingOffer = null;
        state.IsRestartWanted = false;
        state.RestartAskedOf = 0;
        state.PendingRemoteCandidates = [];
        state.CanRemoteRestartIce = false;
        state.IsRemoteClosingByMessage = false;
        state.RecoveryAttempts = 0;
        ForgetConnection(ref state);
    }

    private static void ForgetConnection(ref FlowState state)
    {
        state.Connection = 0;
        state.ConnectionGeneration = 0;
        state.Step = NegotiationStep.None;
        state.SignalingState = SignalingState.Stable;
        state.ConnectionState = PeerConnectionState.New;
        state.DataChannelState = DataChannelState.Connecting;
        state.IsRemoteDescriptionApplied = false;
        state.SentDescription = null;
        state.IsIceRestart = false;
        state.ParkedOffer = null;
        state.PendingLocalCandidates = [];
    }
}
