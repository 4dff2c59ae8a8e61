using RoomCall.Signaling;

namespace RoomCall;

// The room: being let in, meeting another peer, losing it (S1 to S5, S7, D3, D4).
internal static partial class CallFlow
{
    // S7: one request.
    private static void OnJoin(ref FlowTurn turn)
    {
        turn.StartTimer(FlowTimer.Join);
        turn.Emit(new CallEffect.JoinRoom());
    }

    private static void OnRoomEvent(ref FlowTurn turn, RoomEvent roomEvent)
    {
        switch (roomEvent)
        {
            case RoomEvent.Log log: turn.Raise(new CallEvent.ServerLog(log.Lines)); break; // S5
            case RoomEvent.Interrupted: OnSignalingInterrupted(ref turn); break;
            case RoomEvent.Resumed: OnSignalingResumed(ref turn); break;
            default:
                if (turn.State.Phase == CallPhase.Joining)
                {
                    OnAnswerToJoin(ref turn, roomEvent);
                }
                else
                {
                    OnChangeOfRoom(ref turn, roomEvent);
                }

                break;
        }
    }

    private static void OnAnswerToJoin(ref FlowTurn turn, RoomEvent roomEvent)
    {
        switch (roomEvent)
        {
            case RoomEvent.Created created: // S1
                EnterRoom(ref turn, created.Self, isInitiator: true);
                BeginWaiting(ref turn);
                AskForMedia(ref turn);
                break;

            case RoomEvent.Joined joined: // S4
                EnterRoom(ref turn, joined.Self, joined.Initiator == joined.Self);
                if (joined.Peers.Count > 0)
                {
                    MeetPeer(ref turn, joined.Peers[0]);
                }
                else
                {
                    BeginWaiting(ref turn);
                }

                AskForMedia(ref turn);
                break;

            case RoomEvent.Full full: // S2
                End(ref turn, CallEndCode.RoomFull, $"The room '{full.Room}' is full: try again later, or choose another room.");
                break;

            case RoomEvent.Error error:
                End(ref turn, CallEndCode.JoinRejected, $"The server refused the room ({error.Code}): {error.Detail}");
                break;

            default:
                turn.Drop(SignalDropCode.Unexpected, $"The server sent {roomEvent.GetType().Name} before it had let this peer in.");
                break;
        }
    }

    private static void EnterRoom(ref FlowTurn turn, string self, bool isInitiator)
    {
        turn.State.Self = self;
        turn.State.IsInitiator = isInitiator;
        turn.Raise(new CallEvent.RoomJoined(self, isInitiator));
    }

    private static void OnChangeOfRoom(ref FlowTurn turn, RoomEvent roomEvent)
    {
        switch (roomEvent)
        {
            case RoomEvent.Join join: OnPeerJoin(ref turn, join); break;
            case RoomEvent.Left left: OnPeerLeft(ref turn, left); break;

            // It crossed with the other's leaving: what was meant for it is no longer wanted.
            case RoomEvent.Error { Code: RoomErrorCode.UnknownPeer }: break;
            case RoomEvent.Error error: OnServerError(ref turn, error); break;
            default:
                turn.Drop(SignalDropCode.Unexpected, $"The server sent {roomEvent.GetType().Name} to a peer that is in the room.");
                break;
        }
    }

    private static void OnServerError(ref FlowTurn turn, RoomEvent.Error error)
    {
        turn.Raise(new CallEvent.ServerError(error.Code, error.Detail));

        // D6, D11: what was refused is lost, and while descriptions are exchanged both sides would wait for it until their deadlines.
        if (turn.State.Phase is CallPhase.Negotiating or CallPhase.Recovering)
        {
            End(ref turn, CallEndCode.NegotiationFailed, $"The server refused a message ({error.Code}): {error.Detail}");
        }
    }

    // S3: the channel is ready.
    private static void OnPeerJoin(ref FlowTurn turn, RoomEvent.Join join)
    {
        if (turn.State.IsChannelReady)
        {
            turn.Drop(SignalDropCode.Unexpected, "The server announced a peer while another is in the call.");
            return;
        }

        turn.State.IsInitiator = join.Initiator == turn.State.Self;
        MeetPeer(ref turn, join.Peer);
        CheckAndStart(ref turn);
    }

    private static void MeetPeer(ref FlowTurn turn, string peer)
    {
        turn.StopTimer(FlowTimerSlot.Phase);
        turn.State.Phase = CallPhase.Preparing;
        turn.State.Remote = peer;
        turn.State.RemoteGeneration = 0;
        turn.State.IsRemoteMediaReady = false;
        turn.Raise(new CallEvent.PeerJoined(peer));
    }

    private static void BeginWaiting(ref FlowTurn turn)
    {
        turn.State.Phase = CallPhase.Waiting;
        turn.StartTimer(FlowTimer.Wait);
    }

    // D4: absent from the book.
    private static void OnPeerLeft(ref FlowTurn turn, RoomEvent.Left left)
    {
        if (left.Peer == turn.State.Remote)
        {
            (CallEndCode code, string detail) = left.Reason switch
            {
                PeerLeftReason.Left => (CallEndCode.RemoteLeft, "The other side left the room."),
                PeerLeftReason.TooSlow => (CallEndCode.RemoteVanished, "The server let the other side go, which was too slow for its messages."),
                _ => (CallEndCode.RemoteVanished, "The other side's connection to the server was lost."),
            };
            LosePeer(ref turn, new CallEndReason(code, detail));
        }

        if (turn.State.Phase == CallPhase.Waiting)
        {
            turn.State.IsInitiator = left.Initiator == turn.State.Self;
        }
    }

    // S15, S25.
    private static void OnBye(ref FlowTurn turn, PeerMessage.Bye bye) => LosePeer(ref turn, ByeReason.Read(bye));

    private static void LosePeer(ref FlowTurn turn, CallEndReason reason)
    {
        turn.Raise(new CallEvent.PeerLeft(turn.State.Remote!));
        if (turn.Rules.EndWhenRemoteLeaves)
        {
            End(ref turn, reason, deliver: false);
            return;
        }

        StopCall(ref turn, reason);

        // D3: the one who stays makes the next offer.
        turn.State.IsInitiator = true;
        BeginWaiting(ref turn);
    }

    private static void OnSignalingInterrupted(ref FlowTurn turn)
    {
        if (!turn.State.IsSignalingInterrupted)
        {
            turn.State.IsSignalingInterrupted = true;
            turn.StartTimer(FlowTimer.Signaling);
        }
    }

    private static void OnSignalingResumed(ref FlowTurn turn)
    {
        turn.State.IsSignalingInterrupted = false;
        turn.StopTimer(FlowTimerSlot.Signaling);
    }

    private static void OnSignalingEnded(ref FlowTurn turn, CallInput.SignalingEnded ended)
    {
        CallEndCode code = turn.State.Phase == CallPhase.Joining ? CallEndCode.SignalingUnavailable : CallEndCode.SignalingLost;
        End(ref turn, code, ended.Detail);
    }
}
