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
                BeginWaiting(ref turn, isInitiator: true);
                AskForMedia(ref turn);
                break;

            case RoomEvent.Joined joined: // S4
                EnterRoom(ref turn, joined.Self, joined.Initiator == joined.Self);
                if (joined.Peers.Count > 0)
                {
                    MeetFirst(ref turn, joined);
                }
                else
                {
                    BeginWaiting(ref turn, turn.State.IsInitiator);
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
        OnSignalingResumed(ref turn); // it may have been interrupted before it had an answer
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
            case RoomEvent.Away away when away.Peer == turn.State.Remote: turn.State.IsRemoteAway = true; break;
            case RoomEvent.Back back when back.Peer == turn.State.Remote: turn.State.IsRemoteAway = false; break;
            case RoomEvent.Away or RoomEvent.Back: break; // of one that is in the room and not in this call

            // A server that forgot answers to joining again; without an interruption it says so out of turn.
            case RoomEvent.Created created when turn.State.IsSignalingInterrupted:
                OnRejoined(ref turn, new RoomEvent.Joined(created.Room, created.Self, [], created.Self, created.IceServers));
                break;
            case RoomEvent.Joined joined when turn.State.IsSignalingInterrupted: OnRejoined(ref turn, joined); break;
            case RoomEvent.Full full when turn.State.IsSignalingInterrupted:
                End(ref turn, CallEndCode.RoomFull, $"The server had forgotten the room '{full.Room}', and it is full now.");
                break;

            // It crossed with the other's leaving: what was meant for it is no longer wanted.
            case RoomEvent.Error { Code: RoomErrorCode.UnknownPeer }: break;
            case RoomEvent.Error error when turn.State.IsSignalingInterrupted:
                End(ref turn, CallEndCode.JoinRejected, $"The server had forgotten the room, and refuses it now ({error.Code}): {error.Detail}");
                break;
            case RoomEvent.Error error: OnServerError(ref turn, error); break;
            default:
                turn.Drop(SignalDropCode.Unexpected, $"The server sent {roomEvent.GetType().Name} to a peer that is in the room.");
                break;
        }
    }

    private static void OnServerError(ref FlowTurn turn, RoomEvent.Error error)
    {
        turn.Raise(new CallEvent.ServerError(error.Code, error.Detail));
        DropAhead(ref turn, fault: null); // a part of what was parked may be missing: the next peer is not handed a half

        // D6, D11: what was refused is lost, and while descriptions are exchanged both sides would wait for it until their deadlines.
        if (turn.State.Phase is CallPhase.Negotiating or CallPhase.Recovering)
        {
            End(ref turn, CallEndCode.NegotiationFailed, $"The server refused a message ({error.Code}): {error.Detail}");
        }
    }

    // S3: the channel is ready.
    private static void OnPeerJoin(ref FlowTurn turn, RoomEvent.Join join)
    {
        bool isInitiator = join.Initiator == turn.State.Self;
        if (turn.State.IsRemoteAbsent && join.Peer == turn.State.Remote)
        {
            MeetAgain(ref turn, isInitiator);
            return;
        }

        if (turn.State.IsChannelReady)
        {
            // In the place of one that a server which forgot has not let in again, unless its call is up.
            if (!turn.State.IsRemoteAbsent || turn.State.Phase == CallPhase.Connected)
            {
                turn.Drop(SignalDropCode.Unexpected, AnotherPeer);
                return;
            }

            if (!LosePeer(ref turn, NotBack))
            {
                return;
            }
        }

        MeetPeer(ref turn, join.Peer, join.Name, isInitiator);
        OnHandedOut(ref turn, join.Parked);
        CheckAndStart(ref turn);
    }

    private const string AnotherPeer = "The server announced a peer while another is in the call.";

    private static void MeetPeer(ref FlowTurn turn, string peer, string? name, bool isInitiator)
    {
        turn.StopTimer(FlowTimerSlot.Phase);
        turn.State.Phase = CallPhase.Preparing;
        turn.State.Remote = peer;
        turn.State.RemoteName = name;
        turn.State.RemoteGeneration = 0;
        turn.State.IsRemoteMediaReady = false;
        turn.State.IsInitiator = isInitiator;
        if (!isInitiator)
        {
            DropAhead(ref turn, "The other side makes the offer.");
        }

        turn.Raise(new CallEvent.PeerJoined(peer) { Name = name });
    }

    private static void BeginWaiting(ref FlowTurn turn, bool isInitiator)
    {
        turn.State.Phase = CallPhase.Waiting;
        turn.StartTimer(FlowTimer.Wait);
        TakeRoleWhileWaiting(ref turn, isInitiator);
    }

    private static void TakeRoleWhileWaiting(ref FlowTurn turn, bool isInitiator)
    {
        turn.State.IsInitiator = isInitiator;
        if (!isInitiator)
        {
            DropAhead(ref turn, "The other side makes the offer.");
        }

        CheckAndStart(ref turn);
    }

    // D4: absent from the book.
    private static void OnPeerLeft(ref FlowTurn turn, RoomEvent.Left left)
    {
        bool isInitiator = left.Initiator == turn.State.Self;
        if (left.Peer == turn.State.Remote)
        {
            (CallEndCode code, string detail) = left.Reason switch
            {
                PeerLeftReason.Left => (CallEndCode.RemoteLeft, "The other side left the room."),
                PeerLeftReason.TooSlow => (CallEndCode.RemoteVanished, "The server let the other side go, which was too slow for its messages."),
                _ => (CallEndCode.RemoteVanished, "The other side's connection to the server was lost."),
            };
            LosePeerAndWait(ref turn, new CallEndReason(code, detail), isInitiator);
        }
        else if (turn.State.Phase == CallPhase.Waiting)
        {
            TakeRoleWhileWaiting(ref turn, isInitiator);
        }
    }

    // S15, S25, D3: the one who stays makes the next offer.
    private static void OnBye(ref FlowTurn turn, PeerMessage.Bye bye) => LosePeerAndWait(ref turn, ByeReason.Read(bye), isInitiator: true);

    private static void LosePeerAndWait(ref FlowTurn turn, CallEndReason reason, bool isInitiator)
    {
        if (LosePeer(ref turn, reason))
        {
            BeginWaiting(ref turn, isInitiator);
        }
    }

    /// <summary>False: the session ends by it.</summary>
    private static bool LosePeer(ref FlowTurn turn, CallEndReason reason)
    {
        turn.Raise(new CallEvent.PeerLeft(turn.State.Remote!));
        if (turn.Rules.EndWhenRemoteLeaves)
        {
            End(ref turn, reason, deliver: false);
            return false;
        }

        StopCall(ref turn, reason);
        return true;
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
