using RoomCall.PeerConnections;
using RoomCall.Signaling;
using RoomCall.Verification.Engine;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Worlds;

/// <summary>Moves in the words of the call flow.</summary>
internal static class MoveWords
{
    public const string Room = "Room";

    public static MoveText Tell(WorldState state, Move move)
    {
        bool isAct = move.Class == MoveClass.Act;
        if ((MoveKind)move.Kind is MoveKind.ServerNotices or MoveKind.ServerTakesOfGhost)
        {
            Ghost ghost = state.Ghosts[move.Who];
            return (MoveKind)move.Kind == MoveKind.ServerNotices
                ? new MoveText(Room, Room, $"notices that {ghost.Id} is gone")
                : new MoveText(Room, Room, $"takes what {ghost.Id} had still sent: {Say(ghost.Outbox[0])}");
        }

        Side side = state.Sides[move.Who];
        string name = side.Name;
        return (MoveKind)move.Kind switch
        {
            MoveKind.ServerTakes => new(name, Room, Say(side.Outbox[0])),
            MoveKind.TakesEvent => new(Room, name, Say(side.Inbox[0])),
            MoveKind.TakesPosted => new(name, name, Say(side.Posted[0])),
            MoveKind.EngineApplies => new(name, name, $"the engine applies {Say(side.Operations[0])}"),
            MoveKind.EngineEnds => new(name, name, $"the engine has ended {Say(side.Operations[0])}"),
            MoveKind.MediaReady => new(name, name, "local media is there"),
            MoveKind.CandidateFound => new(name, name, "the engine has found a candidate"),
            MoveKind.EngineNotices or MoveKind.EngineGivesUp => new(name, name, Say((LinkNews)move.What)),
            MoveKind.Resumes => new(name, name, "the connection to the server is repaired"),
            MoveKind.HeldArrives => new(Room, name, $"late: {Say(state.Held!.Input)}"),
            MoveKind.TimerElapses => new(name, name, $"the time for {(FlowTimer)move.What} is over", isAct),
            MoveKind.NetworkReturns => new(name, name, "the network is back", isAct),
            _ when (Act)move.What is Act.RestartServer => new(Room, Room, "is started anew and has forgotten everything", IsAct: true),
            _ when (Act)move.What is Act.RestartServerLate =>
                new(Room, Room, "is started anew and has forgotten everything, but what was on its way to it arrives", IsAct: true),
            _ => new(name, name, Say((Act)move.What, side), IsAct: true),
        };
    }

    private static string Say(Act act, Side side) => act switch
    {
        Act.HangUp => "hangs up",
        Act.JoinAgain => "joins again",
        Act.ThirdJoins => "a third comes",
        Act.RefuseMedia => "camera and microphone are refused",
        Act.LeaveMediaOpen => "the question for camera and microphone is never answered",
        Act.LateMedia => "local media comes too late",
        Act.Crash => "crashes",
        Act.Freeze => "stands still",
        Act.LoseServer => "loses the server",
        Act.Interrupt => "the connection to the server is interrupted",
        Act.ServerLetsGo => "is let go by the server",
        Act.ForgetOne => "is forgotten by the server",
        Act.LoseMessage => $"is lost on its way: {Say(side.Inbox[0])}",
        Act.RefuseMessage => $"the server refuses {Say(side.Outbox[0])}",
        Act.DuplicateMessage => $"comes twice: {Say(side.Inbox[0])}",
        Act.OvertakeMessage => $"is overtaken by the message behind it: {Say(side.Inbox[0])}",
        Act.HoldMessage => $"a copy is held back: {Say(side.Inbox[0])}",
        Act.FailOperation => $"the engine fails: {Say(side.Operations[0])}",
        Act.BreakLink => "the wire breaks",
        Act.BreakOneWay => "the wire breaks towards this side",
        Act.MendLink => "the wire comes back",
        Act.NetworkDown => "the network is down",
        Act.LateEngineNews => "the engine tells of a closed connection",
        Act.StoppedTimer => $"the time for {side.LastStopped!.Value.Kind} is over although it was stopped",
        _ => $"the other side says out of turn: {act}",
    };

    private static string Say(LinkNews news) => news switch
    {
        LinkNews.Connected => "the connection is connected",
        LinkNews.ChannelOpen => "the data channel is open",
        LinkNews.Disconnected => "the connection is disconnected",
        _ => "the connection has failed",
    };

    private static string Say(CallInput input) => input switch
    {
        CallInput.PeerSaid said => $"{Say(said.Message)} of {said.From}",
        CallInput.Room { Event: RoomEvent.Created } => "`created`",
        CallInput.Room { Event: RoomEvent.Joined joined } => $"`joined`, the initiator is {joined.Initiator}",
        CallInput.Room { Event: RoomEvent.Full } => "`full`",
        CallInput.Room { Event: RoomEvent.Join { Parked: { } generation } join } => $"`join` of {join.Peer}, who was handed offer {generation}",
        CallInput.Room { Event: RoomEvent.Join join } => $"`join` of {join.Peer}",
        CallInput.Room { Event: RoomEvent.Left left } => $"`left`: {left.Peer}, {left.Reason}",
        CallInput.Room { Event: RoomEvent.Error error } => $"`error`: {error.Code}",
        CallInput.SignalingEnded => "the connection to the server has ended",
        CallInput.RoomLeft => "the room is left",
        _ => input.GetType().Name,
    };

    private static string Say(CallEffect effect) => effect switch
    {
        CallEffect.JoinRoom => "`create or join`",
        CallEffect.LeaveRoom => "leaves",
        CallEffect.Send send => $"{Say(send.Message)} for {send.To}",
        CallEffect.Park park => $"{Say(park.Message)} for the next one to come",
        CallEffect.CreatePeerConnection create => $"making the connection {create.Connection}",
        CallEffect.CreateOffer => "making the offer",
        CallEffect.CreateAnswer => "making the answer",
        CallEffect.SetLocalDescription set => $"setting the local {Say(set.Description)}",
        CallEffect.SetRemoteDescription set => $"setting the remote {Say(set.Description)}",
        CallEffect.AddIceCandidate => "adding a candidate",
        CallEffect.ClosePeerConnection close => $"closing the connection {close.Connection}",
        _ => effect.GetType().Name,
    };

    private static string Say(SessionDescription description) => description.Type == SdpType.Offer ? "offer" : "answer";

    private static string Say(PeerMessage message) => message switch
    {
        PeerMessage.GotUserMedia => "`got user media`",
        PeerMessage.Bye { Reason: { } reason } => $"`bye` ({reason})",
        PeerMessage.Bye => "`bye`",
        PeerMessage.Offer { IceRestart: true } offer => $"offer {offer.Generation} with ICE restart",
        _ => $"{message.Kind.ToString().ToLowerInvariant()} {message.GenerationOrNull}",
    };
}
