using RoomCall.Signaling;
using RoomCall.Verification.Exploration;
using RoomCall.Verification.Worlds;

namespace RoomCall.Verification.Tests.Worlds;

/// <summary>The explorer bites where a server has forgotten the room, too.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class BrokenRejoiningTests
{
    private static readonly FlowRules DataOnly = new() { ParkOffer = false };

    [Test]
    public void A_server_that_forgot_and_is_taken_for_one_that_did_not_is_seen() => Finds(
        Rule.EndHasCause,
        BrokenFlow.Hears(static (state, input) => IsRejoined(state, input) ? new CallInput.Room(new RoomEvent.Resumed()) : input));

    [Test]
    public void A_role_that_is_not_taken_from_the_new_server_is_seen() => Finds(
        Rule.EndHasCause,
        (FlowRules rules, in FlowState state, CallInput input) =>
        {
            (FlowState after, var effects) = CallFlow.Step(rules, state, input);
            return (IsRejoined(state, input) ? after with { IsInitiator = state.IsInitiator } : after, effects);
        });

    [Test]
    public void A_lost_offer_that_is_waited_for_is_seen() => Finds(
        Rule.EndHasCause,
        BrokenFlow.Mute(static effect => effect is CallEffect.Send { Message: PeerMessage.Restart }));

    [Test]
    public void A_call_that_asks_by_a_number_that_was_used_is_seen() => Finds(
        Rule.EndHasCause,
        BrokenFlow.Hears(static (state, input) => input is CallInput.PeerSaid { Message: PeerMessage.Restart { Generation: { } generation } } said && generation > state.Generation
            ? said with { Message = new PeerMessage.Restart(state.Generation) }
            : input));

    [Test]
    public void An_offer_that_restarts_a_connection_which_is_gone_and_is_taken_is_seen() => Finds(
        Rule.SameNegotiation,
        BrokenFlow.Hears(static (state, input) => input is CallInput.PeerSaid { Message: PeerMessage.Offer { IceRestart: true } offer } said && state.Step == NegotiationStep.AwaitingOffer
            ? said with { Message = offer with { IceRestart = false } }
            : input));

    [Test]
    public void One_that_is_not_back_and_is_waited_for_without_a_deadline_is_seen() => BrokenFlow.Finds(
        DataOnly,
        Rule.NobodyWaitsForEver,
        BrokenFlow.Mute(static effect => effect is CallEffect.StartTimer { Timer: FlowTimer.Recovery }),
        Act.RestartServer, Act.Crash);

    private static bool IsRejoined(FlowState state, CallInput input) =>
        state is { IsSignalingInterrupted: true, Phase: not CallPhase.Joining } && input is CallInput.Room { Event: RoomEvent.Created or RoomEvent.Joined };

    private static void Finds(Rule rule, FlowStep broken) => BrokenFlow.Finds(DataOnly, rule, broken, Act.RestartServer);
}
