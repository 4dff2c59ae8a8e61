namespace RoomCall.Samples;

/// <summary>Tells how a stay in a room goes: its phases, who came, how each call ended.</summary>
internal sealed class CallStory(Timeline timeline)
{
    private CallPhase? _phase;

    public void Take(CallState state)
    {
        if (_phase == state.Phase)
            return;

        _phase = state.Phase;
        timeline.Happened($"phase: {state.Phase}{(state.Phase == CallPhase.Waiting ? ", for somebody to come" : "")}");
    }

    public void Take(CallEvent callEvent)
    {
        switch (callEvent)
        {
            case CallEvent.PeerJoined joined: timeline.Happened($"{joined.Name ?? "somebody without a name"} is here"); break;
            case CallEvent.CallStarted started: timeline.Happened($"started: {(started.IsInitiator ? "makes" : "takes")} the offer"); break;
            case CallEvent.LocalMediaAbsent absent: timeline.Happened($"no test tone: {absent.Reason.Detail}"); break;
            case CallEvent.CallConnected: timeline.Happened("connected"); break;
            case CallEvent.DataChannelOpened: timeline.Happened("data channel open: what you type is sent"); break;
            case CallEvent.RecoveryStarted recovery: timeline.Happened($"connection lost: repair, attempt {recovery.Attempt}"); break;
            case CallEvent.SignalDropped dropped: timeline.Happened($"not taken ({dropped.Code}): {dropped.Detail}"); break;
            case CallEvent.ServerError error: timeline.Happened($"refused by the server ({error.Code}): {error.Detail}"); break;
            case CallEvent.CallEnded ended: timeline.Happened($"the call has ended: {ended.Reason.Detail}"); break;
        }
    }
}
