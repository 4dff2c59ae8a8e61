using RoomCall.DataChannels;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall;

// The connection, its loss and its repair, and its data channels (S18, S23, D6, D10).
internal static partial class CallFlow
{
    private static void OnConnectionChanged(ref FlowTurn turn, CallInput.ConnectionChanged changed)
    {
        if (changed.Connection != turn.State.Connection)
        {
            return;
        }

        turn.State.ConnectionState = changed.State;
        switch (changed.State)
        {
            case PeerConnectionState.Connected:
                turn.StopTimer(FlowTimerSlot.Disconnected);
                if (turn.State.Step == NegotiationStep.Done)
                {
                    BeConnected(ref turn);
                }

                break;

            case PeerConnectionState.Disconnected or PeerConnectionState.Closed:
                // It may come back by itself, or a bye may be on its way. Said again, it gets no more time.
                if (turn.State.Phase is CallPhase.Connected or CallPhase.Connecting && turn.State.DisconnectedTimer == 0)
                {
                    turn.StartTimer(FlowTimer.Disconnected);
                }

                break;

            case PeerConnectionState.Failed:
                turn.StopTimer(FlowTimerSlot.Disconnected);
                Recover(ref turn);
                break;
        }
    }

    private static void BeConnected(ref FlowTurn turn)
    {
        if (turn.State.Phase == CallPhase.Connected)
        {
            return;
        }

        turn.State.Phase = CallPhase.Connected;
        turn.State.RecoveryAttempts = 0;
        turn.StopTimer(FlowTimerSlot.Disconnected);
        turn.Raise(new CallEvent.CallConnected(turn.State.Generation));
        if (turn.State.DataChannelState == DataChannelState.Connecting)
        {
            turn.StartTimer(FlowTimer.DataChannel);
        }
        else
        {
            turn.StopTimer(FlowTimerSlot.Phase);
        }
    }

    /// <summary>
    /// D10: the initiator makes a new offer, on the same connection where both engines can restart ICE, else on a new one; the
    /// other side asks it to. While a negotiation is under way, its end or the recovery's deadline decides.
    /// </summary>
    private static void Recover(ref FlowTurn turn)
    {
        if (turn.State.Step != NegotiationStep.Done)
        {
            return;
        }

        if (turn.State.IsRemoteAbsent)
        {
            BeginRecovery(ref turn); // nobody can be told: it begins when the other side is back, or ends by its deadline
            return;
        }

        if (turn.State.RestartAskedOf == turn.State.Generation)
        {
            // The new offer is on its way: one loss, told twice, is one attempt. Its deadline begins where it came back in between.
            BeginRecovery(ref turn);
            return;
        }

        if (turn.State.RecoveryAttempts >= turn.Rules.MaxRecoveryAttempts)
        {
            End(ref turn, CallEndCode.ConnectionLost, "The connection was lost and could not be repaired.");
            return;
        }

        BeginRecovery(ref turn);
        turn.Raise(new CallEvent.RecoveryStarted(++turn.State.RecoveryAttempts));
        if (!turn.State.IsInitiator)
        {
            turn.State.RestartAskedOf = turn.State.Generation;
            turn.Tell(new PeerMessage.Restart(turn.State.Generation));
        }
        else if (turn.Rules.CanRestartIce && turn.State.CanRemoteRestartIce && turn.State.ConnectionState != PeerConnectionState.Closed)
        {
            MakeOffer(ref turn, iceRestart: true);
        }
        else
        {
            ReplaceConnection(ref turn);
            MakeOffer(ref turn, iceRestart: false);
        }
    }

    private static void BeginRecovery(ref FlowTurn turn)
    {
        if (turn.State.Phase != CallPhase.Recovering)
        {
            turn.State.Phase = CallPhase.Recovering;
            turn.StopTimer(FlowTimerSlot.Disconnected);
            turn.StartTimer(FlowTimer.Recovery);
        }
    }

    private static void ReplaceConnection(ref FlowTurn turn)
    {
        const string Fault = "The connection was lost, and a new one takes its place.";
        turn.Emit(new CallEffect.ClosePeerConnection(turn.State.Connection, Deliver: false, Fault));
        turn.Emit(new CallEffect.RenewDataChannel(Fault, KeepUnopened: true)); // else what was in flight is lost: its users must see it
        turn.Emit(new CallEffect.ClearLobby());
        OpenConnection(ref turn);
    }

    private static void OnRestart(ref FlowTurn turn, PeerMessage.Restart restart)
    {
        if (!turn.State.IsInitiator)
        {
            turn.Drop(SignalDropCode.Unexpected, "The initiator asked for an offer."); // D8
        }
        else if (restart.Generation > turn.State.Generation)
        {
            // The other side has begun anew, and takes no number up to its own highest any more.
            turn.State.Generation = restart.Generation.Value - 1;
            if (turn.State.IsStarted)
            {
                BeginAnew(ref turn);
            }
        }
        else if (restart.Generation is { } generation && generation != turn.State.Generation)
        {
            turn.Drop(SignalDropCode.Stale, "A new offer was asked for that is under way already."); // D7
        }
        else if (turn.State.Step == NegotiationStep.Done)
        {
            Recover(ref turn);
        }
        else if (turn.State.Step == NegotiationStep.ApplyingAnswer)
        {
            turn.State.IsRestartWanted = true; // the other side is through with this negotiation, and this side nearly is
        }
        else
        {
            turn.Drop(SignalDropCode.Stale, "A new offer was asked for while one waits for its answer."); // D7
        }
    }

    // S23.
    private static void OnDataChannelChanged(ref FlowTurn turn, CallInput.DataChannelChanged changed)
    {
        // A channel only moves on: what is no step forward is a repetition, and neither announced again nor a reason to wait less.
        if (changed.Connection != turn.State.Connection || changed.State <= turn.State.DataChannelState)
        {
            return;
        }

        if (!turn.State.IsStarted)
        {
            DropAhead(ref turn, fault: null); // its user has closed it: the next call gets another
            return;
        }

        turn.State.DataChannelState = changed.State;
        if (changed.State == DataChannelState.Open)
        {
            turn.Emit(new CallEffect.AnnounceDataChannel());
        }

        if (turn.State.Phase == CallPhase.Connected)
        {
            turn.StopTimer(FlowTimerSlot.Phase);
        }
    }

    private static void OnDataChannelReceived(ref FlowTurn turn, CallInput.DataChannelReceived received)
    {
        if (received.Connection == turn.State.Connection)
        {
            turn.Emit(new CallEffect.AcceptDataChannel(received.Connection, received.Transport));
        }
        else
        {
            RefuseLateChannel(ref turn, received);
        }
    }

    private static void RefuseLateChannel(ref FlowTurn turn, CallInput input)
    {
        if (input is CallInput.DataChannelReceived received)
        {
            turn.Emit(new CallEffect.RefuseDataChannel(received.Transport));
        }
    }
}
