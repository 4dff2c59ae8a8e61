namespace RoomCall.Verification.Worlds;

/// <summary>What is explored.</summary>
internal static class Scenarios
{
    // An offer that is made ahead goes with everything else in rows of its own: it makes twice as many states.
    private static readonly FlowRules Usual = new() { WantsMedia = true, ParkOffer = false };

    // An engine that cannot restart ICE replaces a lost connection; and who goes on without media has its gate open all the same.
    private static readonly FlowRules Poorer = new() { WantsMedia = true, ContinueWithoutMedia = true, CanRestartIce = false, ParkOffer = false };

    private static readonly FlowRules DataOnly = new() { MaxRecoveryAttempts = 1, ParkOffer = false };

    private static readonly FlowRules OneCall = new() { EndWhenRemoteLeaves = true, MaxRecoveryAttempts = 2, ParkOffer = false };

    private static readonly FlowRules Ahead = new() { MaxRecoveryAttempts = 1 };

    private static readonly Act[] Users = [Act.HangUp, Act.JoinAgain, Act.ThirdJoins];

    private static readonly Act[] Media = [Act.RefuseMedia, Act.LeaveMediaOpen, Act.LateMedia];

    private static readonly Act[] Programs = [Act.Crash, Act.Freeze, Act.JoinAgain];

    private static readonly Act[] Server = [Act.LoseServer, Act.ServerLetsGo, Act.RefuseMessage];

    private static readonly Act[] Wire = [Act.BreakLink, Act.BreakOneWay, Act.MendLink];

    // Nothing of this may end anybody's session.
    private static readonly Act[] Harmless =
        [Act.DuplicateMessage, Act.HoldMessage, Act.ForgeCandidate, Act.ForgeNonsense, Act.LateEngineNews, Act.StoppedTimer];

    private static readonly Act[] Forged =
        [Act.ForgeAnswer, Act.ForgeOffer, Act.ForgeRestartOffer, Act.ForgeRestart, Act.ForgeBye, Act.LoseMessage, Act.OvertakeMessage];

    private static readonly Act[] Engine = [Act.FailOperation];

    // What a user's hang-up may meet, and what still comes of the connection that it closes.
    private static readonly Act[] HangUpAmongFaults = [Act.HangUp, Act.BreakLink, Act.LateEngineNews, Act.StoppedTimer];

    private static readonly Act[] Forgets = [Act.RestartServer, Act.RestartServerLate, Act.ForgetOne];

    private static readonly Act[] All = [.. Enum.GetValues<Act>().Except(Forgets)];

    // An interruption or a dead network may end at any moment, before and after each deadline: that alone makes millions of states.
    private static readonly Act[] Short = [.. All.Except([Act.Interrupt, Act.NetworkDown])];

    /// <summary>What the table shows, largest first, so that two cores end together.</summary>
    public static IReadOnlyList<Scenario> Full { get; } =
    [
        new("users: any 2 acts", Usual, DataOnly, Users, 2),
        new("hang-up among faults: any 2 acts", DataOnly, DataOnly, HangUpAmongFaults, 2),
        new("forged messages and engine: any 2 acts", DataOnly, DataOnly, [.. Forged, .. Engine], 2),
        new("any 1 act, data only", DataOnly, DataOnly, All, 1),
        new("any 1 act but long ones, media", Usual, Usual, Short, 1),
        new("any 1 act but long ones, one call a stay", OneCall, DataOnly, Short, 1),
        new("a server that forgets: any 1 act", DataOnly, DataOnly, Forgets, 1),
        new("a server that forgets, parked offer: any 1 act", Ahead, DataOnly, [Act.RestartServer, Act.ForgetOne], 1),
        new("parked offer: any 1 act but long ones", Ahead, DataOnly, Short, 1),
        new("wire and time: any 2 acts", DataOnly, DataOnly, [Act.BreakLink, Act.MendLink, Act.SlowWorld], 2),
        new("server: any 2 acts", DataOnly, DataOnly, [Act.LoseServer, Act.ServerLetsGo], 2),
        new("media and time: any 2 acts", Usual, Poorer, [.. Media, Act.SlowWorld], 2),
        new("wire, no ICE restart: any 2 acts", Poorer, DataOnly, Wire, 2),
        new("programs: any 2 acts", DataOnly, DataOnly, Programs, 2),
        new("harmless: any 2 acts", DataOnly, DataOnly, Harmless, 2),
    ];

    /// <summary>What the ordinary tests explore.</summary>
    public static IReadOnlyList<Scenario> Small { get; } =
    [
        new("users: any 1 act", Usual, Usual, Users, 1),
        new("media: any 1 act", Usual, Poorer, Media, 1),
        new("programs: any 1 act", DataOnly, DataOnly, Programs, 1),
        new("server: any 1 act", DataOnly, DataOnly, Server, 1),
        new("wire: any 1 act", DataOnly, DataOnly, Wire, 1),
        new("wire, no ICE restart: any 1 act", Poorer, DataOnly, Wire, 1),
        new("harmless: any 1 act", Usual, Usual, Harmless, 1),
        new("forged messages: any 1 act", DataOnly, DataOnly, Forged, 1),
        new("parked offer: any 1 act", Ahead, DataOnly, [.. Users, .. Programs], 1),
        new("a server that is started anew: any 1 act", DataOnly, DataOnly, [Act.RestartServer], 1),
        new("engine and time: any 1 act", DataOnly, Usual, [.. Engine, Act.SlowWorld], 1),
    ];

    /// <summary>For a machine with time and memory to spare.</summary>
    public static IReadOnlyList<Scenario> Deep { get; } =
    [
        new("any 1 act, media", Usual, Usual, All, 1),
        new("a server that forgets, one call a stay, media: any 1 act", OneCall with { WantsMedia = true }, Poorer, Forgets, 1),
        new("server and interruptions: any 2 acts", DataOnly, DataOnly, [.. Server, Act.Interrupt], 2),
        new("any 2 acts, data only", DataOnly, DataOnly, All, 2),
        new("a server that forgets, and time: any 2 acts", DataOnly, DataOnly, [.. Forgets, Act.SlowWorld], 2),
        new("parked offer: users, any 2 acts", Ahead, DataOnly, Users, 2),
        new("users: any 3 acts, data only", DataOnly, DataOnly, Users, 3),
    ];
}
