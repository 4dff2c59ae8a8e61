namespace RoomCall.Verification.Worlds;

/// <summary>For which reasons a session may end after an act of the world, on either side: what is not here has no cause.</summary>
internal static class EndCauses
{
    // What a negotiation or a connection comes to that the other side, or the wire, does not take part in any more.
    private static readonly CallEndCode[] Silence =
        [CallEndCode.NegotiationTimedOut, CallEndCode.ConnectionTimedOut, CallEndCode.DataChannelTimedOut, CallEndCode.ConnectionLost];

    private static readonly CallEndCode[] OfRemote =
    [
        CallEndCode.RemoteHungUp, CallEndCode.RemoteLeft, CallEndCode.RemoteVanished, CallEndCode.RemoteMediaFailed, CallEndCode.RemoteFailed,
    ];

    /// <summary>All reasons that a scenario's acts may lead to.</summary>
    public static IReadOnlySet<CallEndCode> Of(Scenario scenario)
    {
        // Who hangs up has a cause, and does so before each next call.
        HashSet<CallEndCode> codes = [CallEndCode.HungUp, .. scenario.Acts.SelectMany(Of)];
        if (scenario.Alice.EndWhenRemoteLeaves || scenario.Bob.EndWhenRemoteLeaves)
            codes.UnionWith(OfRemote);

        return codes;
    }

    private static CallEndCode[] Of(Act act) => act switch
    {
        Act.JoinAgain or Act.ThirdJoins => [CallEndCode.RoomFull],
        Act.RefuseMedia => [CallEndCode.MediaRefused],
        Act.LeaveMediaOpen or Act.LateMedia => [CallEndCode.MediaTimedOut, CallEndCode.NegotiationTimedOut],
        Act.Freeze => Silence,
        Act.LoseServer => [CallEndCode.SignalingLost, CallEndCode.SignalingUnavailable],
        Act.RefuseMessage => [CallEndCode.NegotiationFailed, .. Silence],
        Act.ForgeAnswer or Act.ForgeOffer or Act.ForgeRestartOffer or Act.ForgeRestart or Act.ForgeBye =>
            [CallEndCode.NegotiationFailed, .. Silence],
        Act.FailOperation => [CallEndCode.PeerConnectionFailed, CallEndCode.NegotiationFailed, .. Silence],
        Act.BreakLink or Act.BreakOneWay or Act.MendLink or Act.NetworkDown => Silence,
        Act.OvertakeMessage => Silence,
        Act.SlowWorld => [CallEndCode.JoinTimedOut, CallEndCode.MediaTimedOut, CallEndCode.SignalingLost, .. Silence],
        _ => [], // nobody's session ends by a crash of another, a copy of a message, an interruption that is repaired ...
    };
}
