using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall;

// Offer and answer (S12, S13, S20, D1, D7, D8; RFC 9429).
internal static partial class CallFlow
{
    // --- the offerer

    private static void MakeOffer(ref FlowTurn turn, bool iceRestart)
    {
        turn.State.Generation = NextGeneration(turn.State.Generation);
        turn.State.ConnectionGeneration = iceRestart ? turn.State.ConnectionGeneration : turn.State.Generation;
        turn.State.Step = NegotiationStep.CreatingOffer;
        turn.State.IsIceRestart = iceRestart;
        turn.State.IsRemoteDescriptionApplied = false;
        turn.State.SentDescription = null;
        turn.State.PendingRemoteCandidates = [];
        turn.Emit(new CallEffect.CreateOffer(turn.State.Connection, iceRestart));
    }

    private static void OnOfferCreated(ref FlowTurn turn, CallInput.OfferCreated created)
    {
        if (IsAt(turn.State, created.Connection, NegotiationStep.CreatingOffer))
        {
            turn.State.Step = NegotiationStep.ApplyingLocalOffer;
            turn.Emit(new CallEffect.SetLocalDescription(created.Connection, created.Description));
        }
    }

    // S20: set as the local description, and then sent.
    private static void OnLocalDescriptionApplied(ref FlowTurn turn, CallInput.LocalDescriptionApplied applied)
    {
        if (IsAt(turn.State, applied.Connection, NegotiationStep.ApplyingLocalOffer))
        {
            turn.State.Step = NegotiationStep.AwaitingAnswer;
            turn.State.SignalingState = SignalingState.HaveLocalOffer;
            PeerMessage.Offer offer = new(
                applied.Description.Sdp, turn.State.Generation, turn.State.IsIceRestart, turn.Rules.CloseByMessage);
            if (turn.State.IsStarted)
            {
                turn.Tell(offer);
                SendPendingCandidates(ref turn, applied.Description.Sdp);
            }
            else
            {
                Park(ref turn, offer);
            }
        }
        else if (IsAt(turn.State, applied.Connection, NegotiationStep.ApplyingLocalAnswer))
        {
            turn.State.SignalingState = SignalingState.Stable;
            turn.Tell(new PeerMessage.Answer(
                applied.Description.Sdp, turn.State.Generation, turn.Rules.CanRestartIce, turn.Rules.CloseByMessage));
            SendPendingCandidates(ref turn, applied.Description.Sdp);
            FinishNegotiation(ref turn);
        }
    }

    // S13.
    private static void OnAnswer(ref FlowTurn turn, PeerMessage.Answer answer)
    {
        if (answer.Generation is { } generation && generation != turn.State.Generation)
        {
            turn.Drop(SignalDropCode.Stale, $"An answer of generation {generation} came in generation {turn.State.Generation}."); // D7
            return;
        }

        if (turn.State.Step != NegotiationStep.AwaitingAnswer)
        {
            turn.Drop(SignalDropCode.Unexpected, "An answer came that no offer waits for."); // D8
            return;
        }

        turn.State.Step = NegotiationStep.ApplyingAnswer;
        turn.State.CanRemoteRestartIce = answer.CanRestartIce || answer.Generation is null; // a book's peer is a browser, which can
        turn.State.IsRemoteClosingByMessage = answer.CloseByMessage;
        turn.State.IsRemoteMediaReady = true;
        turn.Emit(new CallEffect.SetRemoteDescription(turn.State.Connection, new SessionDescription(SdpType.Answer, answer.Sdp)));
    }

    // --- the answerer

    // S12.
    private static void OnOffer(ref FlowTurn turn, PeerMessage.Offer offer)
    {
        if (turn.State.IsInitiator)
        {
            turn.Drop(SignalDropCode.Unexpected, "An offer came, but the server named this side the initiator."); // D8
            return;
        }

        if (offer.Generation is { } generation
            ? generation <= turn.State.RemoteGeneration
            : turn.State.RemoteGeneration > 0)
        {
            turn.Drop(SignalDropCode.Stale, $"An offer (generation {offer.Generation}) came again or late."); // D7, D8
            return;
        }

        turn.State.RemoteGeneration = offer.Generation ?? NextGeneration(turn.State.Generation);
        turn.State.IsRemoteMediaReady = true;
        if (offer.IceRestart && turn.State.Step is NegotiationStep.None or NegotiationStep.AwaitingOffer)
        {
            turn.Drop(SignalDropCode.Unexpected, "An offer came for a connection that this side has no more.");
            AskForOffer(ref turn);
            return;
        }

        switch (turn.State.Step)
        {
            case NegotiationStep.None: // D1: it waits for local media
                turn.State.PendingOffer = offer;
                CheckAndStart(ref turn);
                break;

            case NegotiationStep.AwaitingOffer:
                TakeOffer(ref turn, offer);
                break;

            case var _ when !offer.IceRestart: // the other side has a new connection, so this side needs one too
                BeginRecovery(ref turn);
                ReplaceConnection(ref turn);
                TakeOffer(ref turn, offer);
                break;

            case NegotiationStep.Done:
                BeginRecovery(ref turn);
                TakeOffer(ref turn, offer);
                break;

            default: // it waits for the negotiation under way to end
                turn.State.PendingOffer = offer;
                break;
        }
    }

    private static void TakeOffer(ref FlowTurn turn, PeerMessage.Offer offer)
    {
        turn.State.Generation = turn.State.RemoteGeneration;
        turn.State.ConnectionGeneration = offer.IceRestart ? turn.State.ConnectionGeneration : turn.State.Generation;
        turn.State.IsRemoteClosingByMessage = offer.CloseByMessage;
        turn.State.PendingOffer = null;
        turn.State.IsRemoteDescriptionApplied = false;
        turn.State.SentDescription = null;
        turn.State.Step = NegotiationStep.ApplyingOffer;
        if (turn.State.Phase == CallPhase.Negotiating)
        {
            turn.StartTimer(FlowTimer.Negotiation);
        }

        turn.Emit(new CallEffect.SetRemoteDescription(turn.State.Connection, new SessionDescription(SdpType.Offer, offer.Sdp)));
    }

    private static void OnAnswerCreated(ref FlowTurn turn, CallInput.AnswerCreated created)
    {
        if (IsAt(turn.State, created.Connection, NegotiationStep.CreatingAnswer))
        {
            turn.State.Step = NegotiationStep.ApplyingLocalAnswer;
            turn.Emit(new CallEffect.SetLocalDescription(created.Connection, created.Description));
        }
    }

    // --- both

    private static void OnRemoteDescriptionApplied(ref FlowTurn turn, CallInput.RemoteDescriptionApplied applied)
    {
        if (IsAt(turn.State, applied.Connection, NegotiationStep.ApplyingOffer))
        {
            turn.State.SignalingState = SignalingState.HaveRemoteOffer;
            turn.State.Step = NegotiationStep.CreatingAnswer;
            ApplyPendingCandidates(ref turn);
            turn.Emit(new CallEffect.CreateAnswer(applied.Connection));
        }
        else if (IsAt(turn.State, applied.Connection, NegotiationStep.ApplyingAnswer))
        {
            turn.State.SignalingState = SignalingState.Stable;
            ApplyPendingCandidates(ref turn);
            FinishNegotiation(ref turn);
        }
    }

    private static void FinishNegotiation(ref FlowTurn turn)
    {
        turn.State.Step = NegotiationStep.Done;
        if (turn.State.PendingOffer is { } next)
        {
            BeginRecovery(ref turn);
            TakeOffer(ref turn, next);
        }
        else if (turn.State.IsRestartWanted)
        {
            turn.State.IsRestartWanted = false;
            Recover(ref turn);
        }
        else if (turn.State.ConnectionState == PeerConnectionState.Connected)
        {
            BeConnected(ref turn);
        }
        else if (turn.State is { Phase: CallPhase.Negotiating, ConnectionState: PeerConnectionState.Failed })
        {
            Recover(ref turn); // it failed while its first descriptions were exchanged
        }
        else if (turn.State.Phase == CallPhase.Negotiating)
        {
            turn.State.Phase = CallPhase.Connecting;
            turn.StartTimer(FlowTimer.Connection);
        }
    }

    private static void OnOperationFailed(ref FlowTurn turn, CallInput.OperationFailed failed)
    {
        if (failed.Connection != turn.State.Connection)
        {
            return;
        }

        switch (failed.Operation)
        {
            case EngineOperation.AddIceCandidate: // D8: one bad candidate harms nothing else
                turn.Drop(SignalDropCode.Malformed, $"The engine refused a candidate: {failed.Detail}");
                break;
            case EngineOperation.CreatePeerConnection: // S17
                End(ref turn, CallEndCode.PeerConnectionFailed, $"The peer connection could not be made: {failed.Detail}");
                break;
            default: // S20
                End(ref turn, CallEndCode.NegotiationFailed, $"{failed.Operation} failed: {failed.Detail}");
                break;
        }
    }

    // A peer may have offered the highest number there is; to the peer of the next call every number is new.
    private static int NextGeneration(int generation) => generation == int.MaxValue ? 1 : generation + 1;

    private static bool IsAt(in FlowState state, int connection, NegotiationStep step) =>
        state.Connection == connection && state.Step == step;
}
