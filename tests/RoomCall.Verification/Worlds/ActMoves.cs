using System.Collections.Immutable;
using RoomCall.DataChannels;
using RoomCall.PeerConnections;
using RoomCall.Signaling;
using RoomCall.Verification.Engine;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Worlds;

/// <summary>The acts of the world: which are possible, and what each does.</summary>
internal static class ActMoves
{
    public static void Find(Scenario scenario, WorldState state, List<Move> moves)
    {
        foreach (Act act in scenario.Acts)
        {
            if (act is Act.SlowWorld)
                continue;


            for (int who = 0; who < state.Sides.Length; who++)
            {
                if (IsPossible(act, state, who))
                    moves.Add(new Move(MoveClass.Act, (byte)MoveKind.Act, (byte)who, (byte)act));
            }
        }
    }

    public static void Make(WorldTurn turn, WorldState state, Move move)
    {
        int who = move.Who;
        Side side = turn[who];
        switch ((Act)move.What)
        {
            case Act.HangUp:
                turn.Give(who, new CallInput.HangUp());
                break;
            case Act.JoinAgain or Act.ThirdJoins:
                turn.Join(who);
                break;
            case Act.RefuseMedia:
                turn[who] = side with { Media = MediaQuestion.None };
                turn.Give(who, new CallInput.MediaFailed(CallEndCode.MediaRefused, "No camera."));
                break;
            case Act.LeaveMediaOpen:
                turn[who] = side with { Media = MediaQuestion.LeftOpen };
                break;
            case Act.LateMedia:
                turn[who] = side with { Media = MediaQuestion.None };
                turn.Give(who, new CallInput.MediaReady(EmptyStream.Instance));
                break;
            case Act.Crash:
                turn.LeaveGhost(who);
                turn[who] = new Side(side.Name, side.Rules) { Stay = side.Stay, Id = side.Id };
                break;
            case Act.Freeze:
                turn[who] = side with { IsFrozen = true };
                break;
            case Act.LoseServer:
                LoseServer(turn, who);
                break;
            case Act.Interrupt:
                turn[who] = side with { IsInterrupted = true };
                turn.Give(who, new CallInput.Room(new RoomEvent.Interrupted()));
                break;
            case Act.ServerLetsGo:
                ServerMoves.LetGo(turn, who);
                break;
            case Act.RestartServer or Act.RestartServerLate:
                Forgetting.ForgetAll(turn, isKept: (Act)move.What == Act.RestartServerLate);
                break;
            case Act.ForgetOne:
                Forgetting.Forget(turn, who);
                break;
            case Act.LoseMessage:
                turn[who] = side with { Inbox = side.Inbox.RemoveAt(0) };
                break;
            case Act.RefuseMessage:
                ServerMoves.Refuse(turn, who);
                break;
            case Act.DuplicateMessage:
                turn[who] = side with { Inbox = side.Inbox.Insert(0, side.Inbox[0]) };
                break;
            case Act.OvertakeMessage:
                turn[who] = side with { Inbox = side.Inbox.RemoveAt(0).Insert(1, side.Inbox[0]) };
                break;
            case Act.HoldMessage:
                HeldMessage held = new(who, side.Stay, (CallInput.PeerSaid)side.Inbox[0]);
                turn.Change(changed => changed with { Held = held });
                break;
            case Act.FailOperation:
                EngineMoves.Fail(turn, who);
                break;
            case Act.BreakLink:
                BreakLink(turn, state, who, bothWays: true);
                break;
            case Act.BreakOneWay:
                BreakLink(turn, state, who, bothWays: false);
                break;
            case Act.MendLink:
                turn[who] = side with { Connection = side.Connection! with { Broken = null } };
                break;
            case Act.NetworkDown:
                turn.Change(static changed => changed with { IsNetworkDown = true });
                break;
            case Act.LateEngineNews:
                turn[who] = side with { LastClosed = 0 };
                foreach (CallInput news in LateNews(side.LastClosed))
                    turn.Give(who, news);
                break;
            case Act.StoppedTimer:
                turn[who] = side with { LastStopped = null };
                turn.Give(who, new CallInput.TimerElapsed(side.LastStopped!.Value.Kind, side.LastStopped.Value.Number));
                break;
            default:
                turn.Give(who, Forge((Act)move.What, side));
                break;
        }
    }

    private static bool IsPossible(Act act, WorldState state, int who)
    {
        Side side = state.Sides[who];
        return act switch
        {
            Act.JoinAgain => side is { IsRunning: false, Stay: > 0 },
            Act.ThirdJoins => side.Stay == 0,
            Act.Crash => side.IsRunning,
            Act.RestartServer or Act.RestartServerLate => who == 0 && !state.Room.IsEmpty,
            _ when !side.IsRunning || side.IsFrozen => false,
            Act.HangUp => side.Flow.Phase < CallPhase.Ending,
            Act.RefuseMedia or Act.LeaveMediaOpen => side.Media == MediaQuestion.Asked,
            Act.LateMedia => side.Media == MediaQuestion.GivenUp,
            Act.Freeze => true,
            Act.LoseServer => side.IsOnline,
            Act.Interrupt => side is { IsOnline: true, IsInterrupted: false } && side.Flow.Self is not null,
            Act.ServerLetsGo or Act.ForgetOne => side.IsOnline && state.Room.Holds(side.Id),
            Act.RefuseMessage => side is { IsOnline: true, IsInterrupted: false, Outbox: [CallEffect.Send or CallEffect.Park or CallEffect.JoinRoom, ..] },
            Act.DuplicateMessage or Act.LoseMessage => side.Inbox is [CallInput.PeerSaid, ..],
            Act.OvertakeMessage => side.Inbox is [CallInput.PeerSaid, CallInput.PeerSaid, ..],
            Act.HoldMessage => state.Held is null && side.Inbox is [CallInput.PeerSaid, ..],
            Act.FailOperation => side.Operations is [not CallEffect.ClosePeerConnection, ..],
            Act.BreakLink or Act.BreakOneWay => side.Connection is { Agreed: { } agreed } connection && connection.Broken != agreed,
            Act.MendLink => side.Connection is { Broken: not null, Reported: not PeerConnectionState.Failed },
            Act.NetworkDown => who == 0 && !state.IsNetworkDown,
            Act.LateEngineNews => side.LastClosed != 0,
            Act.StoppedTimer => side.LastStopped is not null,

            // One that says bye and stays believes itself in the call, else the two would have been told by each other to wait.
            Act.ForgeBye => state.Sides.Any(other => other.IsRunning && other.Id == side.Flow.Remote && other.Flow.Remote == side.Id),
            _ => side.Flow.Remote is not null,
        };
    }

    // What was on its way to it is lost; where some of it had arrived, it was read in the moves before.
    private static void LoseServer(WorldTurn turn, int who)
    {
        Side side = turn[who];
        bool wasLeaving = side.Outbox.Any(static effect => effect is CallEffect.LeaveRoom);
        turn.LeaveGhost(who);
        side = turn[who];
        ImmutableArray<CallInput> posted = side.Posted.Add(new CallInput.SignalingEnded("The connection to the server was lost."));
        turn[who] = side with { Posted = wasLeaving ? posted.Add(new CallInput.RoomLeft()) : posted };
    }

    private static void BreakLink(WorldTurn turn, WorldState state, int who, bool bothWays)
    {
        ModelConnection broken = state.Sides[who].Connection!;
        for (int other = 0; other < state.Sides.Length; other++)
        {
            if (turn[other].Connection is { } connection && (other == who || (bothWays && connection.IsMirroredBy(broken))))
                turn[other] = turn[other] with { Connection = connection with { Broken = connection.Agreed } };
        }
    }

    // All that an engine may have posted before the connection was closed.
    private static CallInput[] LateNews(int connection) =>
    [
        new CallInput.OfferCreated(connection, new SessionDescription(SdpType.Offer, EngineMoves.Forged)),
        new CallInput.AnswerCreated(connection, new SessionDescription(SdpType.Answer, EngineMoves.Forged)),
        new CallInput.LocalDescriptionApplied(connection, new SessionDescription(SdpType.Offer, EngineMoves.Forged)),
        new CallInput.RemoteDescriptionApplied(connection),
        new CallInput.OperationFailed(connection, EngineOperation.CreateOffer, "Too late."),
        new CallInput.CandidateFound(connection, new IceCandidate(EngineMoves.Forged, "0", 0)),
        new CallInput.ConnectionChanged(connection, PeerConnectionState.Connected),
        new CallInput.ConnectionChanged(connection, PeerConnectionState.Failed),
        new CallInput.DataChannelChanged(connection, DataChannelState.Open),
        new CallInput.ChannelClosed(connection, 0, 1, IsAnswer: false),
    ];

    // What a hostile or faulty peer might say at any moment.
    private static CallInput Forge(Act act, Side side)
    {
        string from = side.Flow.Remote!;
        int generation = Math.Max(side.Flow.Generation, side.Flow.RemoteGeneration);
        return act switch
        {
            Act.ForgeAnswer => new CallInput.PeerSaid(from, new PeerMessage.Answer(EngineMoves.Forged, generation)),
            Act.ForgeOffer => new CallInput.PeerSaid(from, new PeerMessage.Offer(EngineMoves.Forged, generation + 1)),
            Act.ForgeRestartOffer => new CallInput.PeerSaid(from, new PeerMessage.Offer(EngineMoves.Forged, generation + 1, IceRestart: true)),
            Act.ForgeRestart => new CallInput.PeerSaid(from, new PeerMessage.Restart(generation)),
            Act.ForgeCandidate => new CallInput.PeerSaid(from, new PeerMessage.Candidate(new IceCandidate(EngineMoves.Forged, "0", 0), generation)),
            Act.ForgeBye => new CallInput.PeerSaid(from, new PeerMessage.Bye()),
            Act.ForgeNonsense => new CallInput.PeerSaidNonsense(from, "This is no message."),
            _ => throw new ArgumentOutOfRangeException(nameof(act)),
        };
    }
}
