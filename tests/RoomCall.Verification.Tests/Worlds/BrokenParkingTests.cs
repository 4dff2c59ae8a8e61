using System.Collections.Immutable;
using RoomCall.Signaling;
using RoomCall.Verification.Exploration;
using RoomCall.Verification.Worlds;

namespace RoomCall.Verification.Tests.Worlds;

/// <summary>The explorer bites where an offer is made ahead, too.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class BrokenParkingTests
{
    private static readonly FlowRules Ahead = new();

    [Test]
    public void An_offer_that_counts_as_sent_though_nobody_was_handed_it_is_seen() => BrokenFlow.Finds(
        Ahead,
        Rule.EndHasCause,
        BrokenFlow.Hears(static (state, input) => input is CallInput.Room { Event: RoomEvent.Join join }
            ? new CallInput.Room(join with { Parked = state.Generation })
            : input));

    [Test]
    public void An_offer_that_is_parked_and_sent_to_nobody_is_seen() => BrokenFlow.Finds(
        Ahead,
        Rule.EndHasCause,
        BrokenFlow.Spoilt(static after => after with { ParkedOffer = null }));

    [Test]
    public void A_connection_made_ahead_that_outlives_its_session_is_seen() => BrokenFlow.Finds(
        Ahead,
        Rule.OneEnd,
        static (FlowRules rules, in FlowState state, CallInput input) =>
        {
            (FlowState after, ImmutableArray<CallEffect> effects) = CallFlow.Step(rules, state, input);
            return state.Phase == CallPhase.Waiting && input is CallInput.HangUp
                ? (after, effects.RemoveAll(static effect => effect is CallEffect.ClosePeerConnection))
                : (after, effects);
        },
        Act.HangUp);

    [Test]
    public void A_second_connection_beside_the_one_made_ahead_is_seen() => BrokenFlow.Finds(
        Ahead,
        Rule.OneConnection,
        static (FlowRules rules, in FlowState state, CallInput input) => state.Phase == CallPhase.Waiting && input is CallInput.Room { Event: RoomEvent.Join }
            ? CallFlow.Step(rules, state with { Connection = 0, Step = NegotiationStep.None }, input)
            : CallFlow.Step(rules, state, input));
}
