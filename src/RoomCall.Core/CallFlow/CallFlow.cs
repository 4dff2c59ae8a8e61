using System.Collections.Immutable;
using RoomCall.Signaling;

namespace RoomCall;

/// <summary>
/// The call flow: a pure function from a state and an input to the next state and what is to be done. It reads no clock, starts
/// nothing, and throws nothing on what a peer or a server sent. Its rows are told in docs/call-flow.md.
/// </summary>
internal static partial class CallFlow
{
    /// <summary>Takes one step.</summary>
    public static (FlowState State, ImmutableArray<CallEffect> Effects) Step(FlowRules rules, in FlowState state, CallInput input)
    {
        FlowTurn turn = new(rules, state);
        switch (state.Phase)
        {
            case CallPhase.Ended:
                // Nothing follows; but a channel that still comes is somebody's open resource.
                RefuseLateChannel(ref turn, input);
                break;
            case CallPhase.Ending:
                OnInputWhileEnding(ref turn, input);
                break;
            default:
                OnInput(ref turn, input);
                break;
        }

        return (turn.State, turn.TakeEffects());
    }

    private static void OnInput(ref FlowTurn turn, CallInput input)
    {
        switch (input)
        {
            case CallInput.Join: OnJoin(ref turn); break;
            case CallInput.HangUp: OnHangUp(ref turn); break;
            case CallInput.Room room: OnRoomEvent(ref turn, room.Event); break;
            case CallInput.PeerSaid said: OnPeerSaid(ref turn, said); break;
            case CallInput.PeerSaidNonsense nonsense: turn.Drop(SignalDropCode.Malformed, nonsense.Error); break;
            case CallInput.SignalingEnded ended: OnSignalingEnded(ref turn, ended); break;
            case CallInput.MessageNotSendable message: End(ref turn, CallEndCode.NegotiationFailed, message.Detail); break;
            case CallInput.MediaReady ready: OnMediaReady(ref turn, ready); break;
            case CallInput.MediaFailed failed: OnMediaFailed(ref turn, failed.Code, failed.Detail); break;
            case CallInput.OfferCreated created: OnOfferCreated(ref turn, created); break;
            case CallInput.AnswerCreated created: OnAnswerCreated(ref turn, created); break;
            case CallInput.LocalDescriptionApplied applied: OnLocalDescriptionApplied(ref turn, applied); break;
            case CallInput.RemoteDescriptionApplied applied: OnRemoteDescriptionApplied(ref turn, applied); break;
            case CallInput.OperationFailed failed: OnOperationFailed(ref turn, failed); break;
            case CallInput.CandidateFound found: OnCandidateFound(ref turn, found); break;
            case CallInput.ConnectionChanged changed: OnConnectionChanged(ref turn, changed); break;
            case CallInput.DataChannelChanged changed: OnDataChannelChanged(ref turn, changed); break;
            case CallInput.DataChannelReceived received: OnDataChannelReceived(ref turn, received); break;
            case CallInput.ChannelClosed closed: OnChannelClosed(ref turn, closed); break;
            case CallInput.Notice notice: OnNotice(ref turn, notice); break;
            case CallInput.TimerElapsed elapsed: OnTimerElapsed(ref turn, elapsed); break;
            case CallInput.RoomLeft or CallInput.PeerConnectionClosed: break; // of a leave or a connection that the flow has left behind
        }
    }

    private static void OnPeerSaid(ref FlowTurn turn, CallInput.PeerSaid said)
    {
        PeerMessage message = said.Message;
        if (said.From != turn.State.Remote)
        {
            // D7: of a peer whose call is over.
            turn.Drop(SignalDropCode.Stale, $"A message ({message.Kind}) came from a peer that is not in this call.");
            return;
        }

        turn.Raise(new CallEvent.SignalReceived(message.Kind, message.GenerationOrNull));
        switch (message)
        {
            case PeerMessage.GotUserMedia: OnGotUserMedia(ref turn); break;
            case PeerMessage.Offer offer: OnOffer(ref turn, offer); break;
            case PeerMessage.Answer answer: OnAnswer(ref turn, answer); break;
            case PeerMessage.Candidate candidate: OnCandidate(ref turn, candidate); break;
            case PeerMessage.Restart restart: OnRestart(ref turn, restart); break;
            case PeerMessage.CloseChannel close: OnCloseChannel(ref turn, close); break;
            case PeerMessage.Bye bye: OnBye(ref turn, bye); break;
        }
    }

    private static void OnNotice(ref FlowTurn turn, CallInput.Notice notice)
    {
        if (notice.Connection == turn.State.Connection)
        {
            turn.Raise(notice.Event);
        }
    }
}
