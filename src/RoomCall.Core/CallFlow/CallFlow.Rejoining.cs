using RoomCall.Signaling;

namespace RoomCall;

// A server that was started anew has forgotten the room: the connection asks for it again, and what was under way between the two may be
// lost. A call that is up goes on untouched; one that is not is begun anew (D11).
internal static partial class CallFlow
{
    private static void OnRejoined(ref FlowTurn turn, RoomEvent.Joined joined)
    {
        bool isInitiator = joined.Initiator == joined.Self;
        OnSignalingResumed(ref turn);
        turn.State.Self = joined.Self;
        turn.State.IsRemoteAway = false;
        turn.State.RestartAskedOf = 0; // it may be lost
        turn.Raise(new CallEvent.RoomJoined(joined.Self, isInitiator));
        bool isAlone = joined.Peers.Count == 0;
        if (turn.State.Remote is not { } remote)
        {
            if (isAlone)
            {
                WaitAgain(ref turn, isInitiator);
            }
            else
            {
                MeetFirst(ref turn, joined);
            }
        }
        else if (joined.Peers.Contains(remote))
        {
            MeetAgain(ref turn, isInitiator);
        }
        else if (turn.State.Phase == CallPhase.Connected || (isAlone && turn.State.Phase != CallPhase.Preparing))
        {
            turn.State.IsRemoteAbsent = true;
            if (!isAlone)
            {
                turn.Drop(SignalDropCode.Unexpected, AnotherPeer);
            }
        }
        else if (isAlone)
        {
            LosePeerAndWait(ref turn, NotBack, isInitiator);
        }
        else if (LosePeer(ref turn, NotBack))
        {
            MeetFirst(ref turn, joined);
        }
    }

    private static CallEndReason NotBack => new(CallEndCode.RemoteVanished, "The server had forgotten the room, and the other side did not come back.");

    private static void MeetFirst(ref FlowTurn turn, RoomEvent.Joined joined)
    {
        string peer = joined.Peers[0];
        MeetPeer(ref turn, peer, joined.Names.GetValueOrDefault(peer), joined.Initiator == joined.Self);
        CheckAndStart(ref turn);
    }

    private static void WaitAgain(ref FlowTurn turn, bool isInitiator)
    {
        TakeRoleWhileWaiting(ref turn, isInitiator);
        if (turn.State.ParkedOffer is { } offer)
        {
            Park(ref turn, offer); // what was parked is gone with the room
        }
    }

    /// <summary>The remote peer is in the new room too.</summary>
    private static void MeetAgain(ref FlowTurn turn, bool isInitiator)
    {
        turn.State.IsRemoteAbsent = false;
        turn.State.IsInitiator = isInitiator;
        if (turn.State.Phase == CallPhase.Connected)
        {
            // Only the roles may have changed. Who offers now counts on from what the other has offered, who answers takes nothing below.
            int highest = Math.Max(turn.State.Generation, turn.State.RemoteGeneration);
            turn.State.Generation = isInitiator ? highest : turn.State.Generation;
            turn.State.RemoteGeneration = isInitiator ? turn.State.RemoteGeneration : highest;
        }
        else if (turn.State.IsStarted)
        {
            turn.Tell(PeerMessage.GotUserMedia.Instance);
            BeginAnew(ref turn);
        }
        else
        {
            // Before the gate it is as if they had just met.
            turn.State.RemoteGeneration = 0;
            turn.State.PendingOffer = null;
            turn.State.PendingRemoteCandidates = [];
        }
    }

    /// <summary>The call is not up, and nobody knows what the other side has: a new connection and a new offer, whatever it believes.</summary>
    private static void BeginAnew(ref FlowTurn turn)
    {
        if (turn.State.Phase != CallPhase.Negotiating)
        {
            BeginRecovery(ref turn);
        }

        turn.State.PendingOffer = null;
        turn.State.PendingRemoteCandidates = [];
        turn.State.IsRestartWanted = false;
        ReplaceConnection(ref turn);
        if (turn.State.IsInitiator)
        {
            turn.State.Generation = Math.Max(turn.State.Generation, turn.State.RemoteGeneration);
            MakeOffer(ref turn, iceRestart: false);
        }
        else
        {
            AskForOffer(ref turn);
        }
    }

    // By a number that is new to both, the initiator knows that no offer of its own so far is taken, and that it needs a new connection.
    private static void AskForOffer(ref FlowTurn turn)
    {
        turn.State.RemoteGeneration = Math.Max(turn.State.Generation, turn.State.RemoteGeneration);
        turn.Tell(new PeerMessage.Restart(NextGeneration(turn.State.RemoteGeneration)));
    }
}
