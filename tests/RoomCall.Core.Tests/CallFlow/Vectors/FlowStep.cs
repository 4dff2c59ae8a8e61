using System.Collections.Immutable;

namespace RoomCall.Tests.Flow.Vectors;

/// <summary>One step that a flow took.</summary>
internal readonly record struct FlowStep(FlowState Before, CallInput Input, FlowState After, ImmutableArray<CallEffect> Effects)
{
    /// <summary>What kind of step it is, in words: steps of one kind take the same way through the flow, nearly always.</summary>
    public string Kind => $"{Before.Phase} {Before.Step} {KindOf(Input)} {After.Phase} {After.Step} {string.Join(' ', Effects.Select(KindOf))}";

    private static string KindOf(CallInput input) => input switch
    {
        CallInput.Room room => room.Event.GetType().Name,
        CallInput.PeerSaid said => $"{said.Message.Kind} {said.Message.GenerationOrNull is not null}",
        CallInput.TimerElapsed elapsed => $"elapsed {elapsed.Timer}",
        CallInput.ConnectionChanged changed => $"connection {changed.State}",
        CallInput.DataChannelChanged changed => $"channel {changed.State}",
        CallInput.OperationFailed failed => $"failed {failed.Operation}",
        _ => input.GetType().Name,
    };

    private static string KindOf(CallEffect effect) => effect switch
    {
        CallEffect.Raise { Event: CallEvent.SignalDropped dropped } => $"dropped {dropped.Code}",
        CallEffect.Raise raise => raise.Event.GetType().Name,
        CallEffect.Send send => send.Message.Kind.ToString(),
        CallEffect.Complete complete => complete.Reason.Code.ToString(),
        CallEffect.CreateOffer create => $"offer {create.IceRestart}",
        CallEffect.StartTimer start => $"timer {start.Timer}",
        _ => effect.GetType().Name,
    };
}
