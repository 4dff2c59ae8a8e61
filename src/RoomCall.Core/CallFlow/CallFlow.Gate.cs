using RoomCall.DataChannels;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall;

// Local media and the gate (S9 to S11, S17, S18, D1, D5).
internal static partial class CallFlow
{
    // S1, S4: asked for once the room is entered, and kept over all calls of the stay.
    private static void AskForMedia(ref FlowTurn turn)
    {
        if (turn.Rules.WantsMedia)
        {
            turn.State.LocalMedia = LocalMediaState.Requested;
            turn.StartTimer(FlowTimer.Media);
            turn.Emit(new CallEffect.OpenMedia());
        }
        else
        {
            turn.Raise(new CallEvent.LocalMediaReady(null));
            PassMedia(ref turn, LocalMediaState.Ready);
        }
    }

    private static void OnMediaReady(ref FlowTurn turn, CallInput.MediaReady ready)
    {
        if (turn.State.LocalMedia == LocalMediaState.Requested)
        {
            turn.StopTimer(FlowTimerSlot.Media);
            turn.Raise(new CallEvent.LocalMediaReady(ready.Stream));
            PassMedia(ref turn, LocalMediaState.Ready);
        }
    }

    // D5: refused media is told to both sides, or gone without.
    private static void OnMediaFailed(ref FlowTurn turn, CallEndCode code, string detail)
    {
        if (turn.State.LocalMedia != LocalMediaState.Requested)
        {
            return;
        }

        turn.StopTimer(FlowTimerSlot.Media);
        if (turn.Rules.ContinueWithoutMedia)
        {
            turn.Raise(new CallEvent.LocalMediaAbsent(new CallEndReason(code, detail)));
            PassMedia(ref turn, LocalMediaState.Absent);
        }
        else
        {
            turn.State.LocalMedia = LocalMediaState.Failed;
            End(ref turn, code, detail);
        }
    }

    // S11: the other side is told, and the gate is tried.
    private static void PassMedia(ref FlowTurn turn, LocalMediaState media)
    {
        turn.State.LocalMedia = media;
        turn.Tell(PeerMessage.GotUserMedia.Instance);
        CheckAndStart(ref turn);
    }

    private static void OnGotUserMedia(ref FlowTurn turn)
    {
        bool isNews = !turn.State.IsRemoteMediaReady;
        turn.State.IsRemoteMediaReady = true;
        if (isNews && turn.State.Phase == CallPhase.Negotiating)
        {
            turn.StartTimer(FlowTimer.Negotiation); // said again, it must not postpone the deadline (D6, D8)
        }

        CheckAndStart(ref turn);
    }

    /// <summary>
    /// The book's gate (S10): only when not started, and there is local media, and the channel is ready. It runs after every
    /// event that may have made it true.
    /// </summary>
    private static void CheckAndStart(ref FlowTurn turn)
    {
        bool hasLocalMedia = turn.State.LocalMedia is LocalMediaState.Ready or LocalMediaState.Absent;
        if (turn.State.IsStarted || !hasLocalMedia)
        {
            return;
        }

        if (!turn.State.IsChannelReady)
        {
            MakeAhead(ref turn); // what can be made before the gate opens
            return;
        }

        turn.State.IsStarted = true;
        turn.State.Phase = CallPhase.Negotiating;
        turn.StartTimer(turn.State.IsRemoteMediaReady ? FlowTimer.Negotiation : FlowTimer.RemoteMedia);
        turn.Raise(new CallEvent.CallStarted(turn.State.IsInitiator));
        turn.Emit(new CallEffect.ClearLobby());
        if (turn.State.Connection != 0)
        {
            TellAhead(ref turn);
            return;
        }

        OpenConnection(ref turn);
        if (turn.State.IsInitiator)
        {
            MakeOffer(ref turn, iceRestart: false);
        }
        else if (turn.State.PendingOffer is { } waiting)
        {
            TakeOffer(ref turn, waiting); // D1: the offer came before local media
        }
    }

    // S17, S18.
    private static void OpenConnection(ref FlowTurn turn)
    {
        turn.State.Connection = ++turn.State.LastConnection;
        turn.State.ConnectionGeneration = 0;
        turn.State.Step = NegotiationStep.AwaitingOffer;
        turn.State.SignalingState = SignalingState.Stable;
        turn.State.ConnectionState = PeerConnectionState.New;
        turn.State.DataChannelState = DataChannelState.Connecting;
        turn.State.IsRemoteDescriptionApplied = false;
        turn.State.SentDescription = null;
        turn.State.PendingLocalCandidates = [];
        turn.Emit(new CallEffect.CreatePeerConnection(turn.State.Connection, turn.State.IsInitiator));
    }
}
