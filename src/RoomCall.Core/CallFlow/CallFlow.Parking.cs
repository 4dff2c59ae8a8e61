using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall;

// The offer that a waiting initiator makes ahead and leaves with the server: who comes next has it with `joined`, a round trip sooner.
internal static partial class CallFlow
{
    // The gate stays closed (S10): there is a connection, and it is not started.
    private static void MakeAhead(ref FlowTurn turn)
    {
        if (turn.Rules.ParkOffer && turn.State is { Phase: CallPhase.Waiting, IsInitiator: true, Connection: 0 })
        {
            OpenConnection(ref turn);
            MakeOffer(ref turn, iceRestart: false);
        }
    }

    // All of it is kept: the server may have forgotten it, or find it too old, when somebody comes.
    private static void Park(ref FlowTurn turn, PeerMessage.Offer offer)
    {
        turn.State.ParkedOffer = offer;
        turn.Park(offer);
        foreach (IceCandidate candidate in turn.State.PendingLocalCandidates)
        {
            turn.Park(new PeerMessage.Candidate(candidate, turn.State.Generation));
        }
    }

    /// <summary>The one who came was handed what was parked: if it is the offer in hand, that counts as sent.</summary>
    private static void OnHandedOut(ref FlowTurn turn, int? generation)
    {
        if (turn.State.ParkedOffer is { } offer && generation == turn.State.Generation)
        {
            turn.State.ParkedOffer = null;
            turn.State.SentDescription = offer.Sdp;
            turn.State.PendingLocalCandidates = [];
        }
    }

    // The gate has opened, and the one who came was not handed the offer: it is sent, or will be when it is made.
    private static void TellAhead(ref FlowTurn turn)
    {
        if (turn.State.ParkedOffer is { } offer)
        {
            turn.State.ParkedOffer = null;
            turn.Tell(offer);
            SendPendingCandidates(ref turn, offer.Sdp);
        }
    }

    // What was made ahead is of no use; what its user has sent on the data channel goes over the next connection.
    private static void DropAhead(ref FlowTurn turn, string? fault)
    {
        if (!turn.State.IsStarted && turn.State.Connection != 0)
        {
            turn.Emit(new CallEffect.ClosePeerConnection(turn.State.Connection, Deliver: false, fault));
            turn.Emit(new CallEffect.RenewDataChannel(fault, KeepUnopened: true));
            ForgetConnection(ref turn.State);
        }
    }
}
