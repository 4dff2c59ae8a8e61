using RoomCall.Signaling;

namespace RoomCall.Verification.Worlds;

/// <summary>For which reasons a session may end, after what the world has done so far: any other has no cause.</summary>
internal static class EndCauses
{
    // What a negotiation or a connection comes to when the other side, or the wire, takes no part in it any more.
    private static readonly CallEndCode[] Silence =
        [CallEndCode.NegotiationTimedOut, CallEndCode.ConnectionTimedOut, CallEndCode.DataChannelTimedOut, CallEndCode.ConnectionLost];

    private static readonly CallEndCode[] OfRemote =
    [
        CallEndCode.RemoteHungUp, CallEndCode.RemoteLeft, CallEndCode.RemoteVanished, CallEndCode.RemoteMediaFailed, CallEndCode.RemoteFailed,
    ];

    public static bool Has(WorldTurn turn, int who, CallEndCode code)
    {
        if (code == CallEndCode.HungUp)
            return (turn.Acts & (1ul << (int)Act.HangUp)) != 0;

        if (turn[who].Rules.EndWhenRemoteLeaves && OfRemote.Contains(code))
            return true; // it was asked for

        foreach (Act act in turn.Scenario.Acts)
        {
            if ((turn.Acts & (1ul << (int)act)) != 0 && Of(act, turn).Contains(code))
                return true;
        }

        return Silence.Contains(code) && IsDeathUnknown(turn, who);
    }

    // Until the server has noticed that the other is gone, and has said so, deadlines may be over.
    private static bool IsDeathUnknown(WorldTurn turn, int who) =>
        !turn.Ghosts.IsEmpty || turn[who].Inbox.Any(static input => input is CallInput.Room { Event: RoomEvent.Left });

    private static CallEndCode[] Of(Act act, WorldTurn turn) => act switch
    {
        Act.JoinAgain or Act.ThirdJoins => [CallEndCode.RoomFull],
        Act.RefuseMedia => [CallEndCode.MediaRefused],
        Act.LeaveMediaOpen or Act.LateMedia => [CallEndCode.MediaTimedOut, CallEndCode.NegotiationTimedOut],
        Act.Freeze or Act.LoseMessage or Act.OvertakeMessage or Act.NetworkDown => Silence,
        Act.LoseServer => [CallEndCode.SignalingLost, CallEndCode.SignalingUnavailable],
        Act.ServerLetsGo => [CallEndCode.SignalingLost, CallEndCode.SignalingUnavailable, CallEndCode.NegotiationFailed],
        Act.Interrupt => [CallEndCode.SignalingLost, .. Silence],
        Act.RefuseMessage => [CallEndCode.JoinRejected, CallEndCode.NegotiationFailed, .. Silence],
        Act.ForgeAnswer or Act.ForgeOffer or Act.ForgeRestartOffer or Act.ForgeRestart or Act.ForgeBye =>
            [CallEndCode.NegotiationFailed, .. Silence],
        Act.FailOperation => [CallEndCode.PeerConnectionFailed, CallEndCode.NegotiationFailed, .. Silence],

        // A call whose wire breaks once is repaired; one that was not up yet may find its deadline over.
        Act.BreakLink or Act.BreakOneWay or Act.MendLink => turn.ActsDone > 1 ? Silence : [CallEndCode.ConnectionTimedOut, CallEndCode.DataChannelTimedOut],
        Act.SlowWorld => [CallEndCode.JoinTimedOut, CallEndCode.MediaTimedOut, CallEndCode.SignalingLost, .. Silence],
        _ => [], // nobody's session ends by a copy of a message, nonsense, a late timer, somebody who comes or goes
    };
}
