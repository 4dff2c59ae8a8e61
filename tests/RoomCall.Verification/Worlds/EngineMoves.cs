using RoomCall.DataChannels;
using RoomCall.PeerConnections;
using RoomCall.Verification.Engine;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Worlds;

/// <summary>A side's engine: one operation after the other, and what it notices of the wire.</summary>
internal static class EngineMoves
{
    public const string Forged = "forged";

    /// <summary>A description is applied a moment before its session is told: what follows from it may be told first.</summary>
    public static bool AppliesFirst(Side side) => !side.IsFirstApplied
        && side.Operations is [CallEffect.SetLocalDescription or CallEffect.SetRemoteDescription { Description.Sdp: not Forged }, ..];

    /// <summary>The next operation can end: one that delivers ends only over a wire that carries.</summary>
    public static bool CanEnd(WorldState state, Side side) => side.Operations switch
    {
        [] => false,
        [CallEffect.ClosePeerConnection { Deliver: true }, ..] => side.Connection is not { IsChannelOpen: true } connection || Carries(state, connection),
        _ => !AppliesFirst(side),
    };

    public static void Apply(WorldTurn turn, int who)
    {
        Side side = turn[who];
        Violation? violation = null;
        ModelConnection connection = side.Operations[0] switch
        {
            CallEffect.SetLocalDescription set => side.Connection!.SetLocal(set.Description, out violation),
            CallEffect.SetRemoteDescription set => side.Connection!.SetRemote(set.Description, out violation),
            _ => side.Connection!,
        };
        turn.Break(violation);
        turn[who] = side with { Connection = connection, IsFirstApplied = true };
        if (connection.Reported != side.Connection!.Reported)
            turn.Give(who, new CallInput.ConnectionChanged(connection.Number, connection.Reported));
    }

    public static void End(WorldTurn turn, int who)
    {
        Side side = turn[who];
        CallEffect operation = side.Operations[0];
        side = side with { Operations = side.Operations.RemoveAt(0), IsFirstApplied = false };
        turn[who] = side;
        switch (operation)
        {
            case CallEffect.CreateOffer create:
                Describe(turn, who, SdpType.Offer, description => new CallInput.OfferCreated(create.Connection, description));
                break;
            case CallEffect.CreateAnswer create:
                Describe(turn, who, SdpType.Answer, description => new CallInput.AnswerCreated(create.Connection, description));
                break;
            case CallEffect.SetLocalDescription set:
                turn.Give(who, new CallInput.LocalDescriptionApplied(set.Connection, set.Description));
                break;
            case CallEffect.SetRemoteDescription { Description.Sdp: Forged } set:
                turn.Give(who, new CallInput.OperationFailed(set.Connection, EngineOperation.SetRemoteDescription, "This is no SDP."));
                break;
            case CallEffect.SetRemoteDescription set:
                turn.Give(who, new CallInput.RemoteDescriptionApplied(set.Connection));
                break;
            case CallEffect.AddIceCandidate { Candidate.Candidate: Forged } add:
                turn.Give(who, new CallInput.OperationFailed(add.Connection, EngineOperation.AddIceCandidate, "This is no candidate."));
                break;
            case CallEffect.AddIceCandidate add:
                ModelConnection connection = side.Connection!.AddCandidate(add.Candidate.Candidate, out Violation? violation);
                turn.Break(violation);
                turn[who] = side with { Connection = connection };
                break;
            case CallEffect.ClosePeerConnection close:
                turn[who] = side with { Connection = side.Connection is { IsClosing: true } ? null : side.Connection };
                turn.Give(who, new CallInput.PeerConnectionClosed(close.Connection));
                break;
        }
    }

    public static void Fail(WorldTurn turn, int who)
    {
        Side side = turn[who];
        CallEffect operation = side.Operations[0];
        turn[who] = side with { Operations = side.Operations.RemoveAt(0), IsFirstApplied = false };
        turn.Give(who, new CallInput.OperationFailed(OperationNames.ConnectionOf(operation), OperationNames.NameOf(operation)!.Value, "The engine cannot."));
    }

    public static void FindCandidate(WorldTurn turn, int who)
    {
        Side side = turn[who];
        ModelConnection connection = side.Connection!;
        turn[who] = side with { Connection = connection with { HasCandidateToTell = false } };
        turn.Give(who, new CallInput.CandidateFound(connection.Number, connection.Candidate));
    }

    public static LinkNews NextNews(WorldState state, Side side) => side.Connection is { } connection
        ? Links.Next(connection, Others(state, connection), state.IsNetworkDown)
        : LinkNews.None;

    public static LinkNews NewsAtLast(WorldState state, Side side) => side.Connection is { } connection
        ? Links.AtLast(connection, Others(state, connection), state.IsNetworkDown)
        : LinkNews.None;

    public static bool CanOpenChannel(WorldState state, Side side) =>
        side.Connection is { IsChannelOpen: false } connection && Links.IsUp(connection, Others(state, connection), state.IsNetworkDown);

    public static void Notice(WorldTurn turn, int who, LinkNews news)
    {
        Side side = turn[who];
        ModelConnection before = side.Connection!;
        ModelConnection after = Links.Notice(before, news);
        turn[who] = side with { Connection = after };
        if (news == LinkNews.ChannelOpen)
            turn.Give(who, new CallInput.DataChannelChanged(after.Number, DataChannelState.Open));
        else if (after.Reported != before.Reported)
            turn.Give(who, new CallInput.ConnectionChanged(after.Number, after.Reported));
    }

    private static bool Carries(WorldState state, ModelConnection connection) =>
        connection is { Reported: PeerConnectionState.Connected } && Links.IsUp(connection, Others(state, connection), state.IsNetworkDown);

    private static void Describe(WorldTurn turn, int who, SdpType type, Func<SessionDescription, CallInput> toInput)
    {
        Side side = turn[who];
        ModelConnection connection = side.Connection!.Describe(type, out SessionDescription? description, out Violation? violation);
        turn.Break(violation);
        turn[who] = side with { Connection = connection };
        if (description is not null)
            turn.Give(who, toInput(description));
    }

    private static List<ModelConnection> Others(WorldState state, ModelConnection connection)
    {
        List<ModelConnection> others = new(2);
        foreach (Side side in state.Sides)
        {
            if (side.Connection is { } other && other.Owner != connection.Owner)
                others.Add(other);
        }

        return others;
    }
}
