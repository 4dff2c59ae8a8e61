using System.Collections.Immutable;
using RoomCall.PeerConnections;
using RoomCall.Server.Rooms;
using RoomCall.Signaling;
using RoomCall.Verification.Exploration;
using RoomCall.Verification.Worlds;

namespace RoomCall.Verification.Tests.Worlds;

/// <summary>The explorer bites: a call flow with one rule broken is found out, and by the rule that it breaks.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class BrokenFlowTests
{
    private static readonly FlowRules Usual = new() { WantsMedia = true, ParkOffer = false };

    [Test]
    public void D1_an_offer_that_does_not_wait_for_media_leaves_the_call_dead() => Finds(
        Rule.EndHasCause,
        BrokenFlow.Spoilt(static after => after with { PendingOffer = null }));

    [Test]
    public void D2_early_candidates_that_are_dropped_leave_the_call_dead() => Finds(
        Rule.EndHasCause,
        BrokenFlow.Spoilt(static after => after with { PendingRemoteCandidates = [] }));

    [Test]
    public void D3_a_role_that_is_not_taken_over_is_seen() => Finds(
        Rule.NobodyWaitsForEver,
        BrokenFlow.Spoilt(static after => after.Phase == CallPhase.Waiting ? after with { IsInitiator = false } : after),
        Act.HangUp);

    [Test]
    public void D4_a_leave_that_is_not_heard_ends_the_one_who_stays() => Finds(
        Rule.EndHasCause,
        BrokenFlow.Deaf(static input => input is CallInput.Room { Event: RoomEvent.Left }),
        Act.Crash);

    [Test]
    public void D5_media_that_is_refused_without_a_word_is_seen() => Finds(
        Rule.EndHasCause,
        BrokenFlow.Deaf(static input => input is CallInput.MediaFailed),
        Act.RefuseMedia);

    [Test]
    public void D6_a_deadline_that_is_not_set_is_seen() => Finds(
        Rule.NobodyWaitsForEver,
        BrokenFlow.Mute(static effect => effect is CallEffect.StartTimer { Timer: FlowTimer.Negotiation or FlowTimer.RemoteMedia }),
        Act.Freeze);

    [Test]
    public void D7_an_answer_to_an_earlier_offer_that_is_taken_is_seen() => Finds(
        Rule.SameNegotiation,
        (FlowRules rules, in FlowState state, CallInput input) => CallFlow.Step(
            rules, state, input is CallInput.PeerSaid { Message: PeerMessage.Answer answer } said ? said with { Message = answer with { Generation = null } } : input),
        Act.HoldMessage, Act.BreakOneWay);

    [Test]
    public void D8_an_answer_that_comes_twice_and_is_taken_twice_is_seen() => Finds(
        Rule.SignalingState,
        (FlowRules rules, in FlowState state, CallInput input) => input is CallInput.PeerSaid { Message: PeerMessage.Answer } && state.Step == NegotiationStep.Done
            ? CallFlow.Step(rules, state with { Step = NegotiationStep.AwaitingAnswer }, input)
            : CallFlow.Step(rules, state, input),
        Act.DuplicateMessage);

    [Test]
    public void D10_a_loss_that_ends_the_call_instead_of_being_repaired_is_seen() => Finds(
        Rule.EndHasCause,
        (FlowRules rules, in FlowState state, CallInput input) => CallFlow.Step(rules with { MaxRecoveryAttempts = 0 }, state, input),
        Act.BreakLink);

    [Test]
    public void D10_a_loss_that_is_not_heard_is_seen() => Finds(
        Rule.NobodyWaitsForEver,
        BrokenFlow.Deaf(static input => input is CallInput.ConnectionChanged { State: PeerConnectionState.Failed or PeerConnectionState.Disconnected }),
        Act.BreakLink);

    [Test]
    public void S19_a_candidate_that_overtakes_its_description_is_seen() => Finds(
        Rule.CandidateAfterDescription,
        BrokenFlow.Spoilt(static after => after.Connection == 0 ? after : after with { IsRemoteDescriptionApplied = true, SentDescription = after.SentDescription ?? "none" }));

    [Test]
    public void S26_a_connection_that_is_not_closed_is_held_beside_the_next() => Finds(
        Rule.OneConnection,
        BrokenFlow.Mute(static effect => effect is CallEffect.ClosePeerConnection),
        Act.HangUp);

    [Test]
    public void What_is_asked_of_a_closed_connection_is_seen() => Finds(
        Rule.NothingAfterClose,
        (FlowRules rules, in FlowState state, CallInput input) =>
        {
            (FlowState after, ImmutableArray<CallEffect> effects) = CallFlow.Step(rules, state, input);
            return effects.FirstOrDefault(static effect => effect is CallEffect.ClosePeerConnection) is CallEffect.ClosePeerConnection close
                ? (after, effects.Add(new CallEffect.CreateAnswer(close.Connection)))
                : (after, effects);
        },
        Act.HangUp);

    [Test]
    public void A_flow_that_throws_is_seen() => Finds(
        Rule.NothingThrows,
        static (FlowRules rules, in FlowState state, CallInput input) => input is CallInput.PeerSaidNonsense
            ? throw new FormatException("That was nonsense.")
            : CallFlow.Step(rules, state, input),
        Act.ForgeNonsense);

    [Test]
    public void A_flow_that_has_one_call_and_no_more_is_seen() => Finds(
        Rule.NextCall,
        (FlowRules rules, in FlowState state, CallInput input) => input is CallInput.Room { Event: RoomEvent.Join } && state.Generation > 0
            ? (state, [])
            : CallFlow.Step(rules, state, input));

    [Test]
    public void A_room_that_lets_one_too_many_in_is_seen()
    {
        Scenario scenario = new("a broken room", Usual, Usual, [Act.ThirdJoins], 1)
        {
            Enter = static (room, peer) => new RoomStep(room.With(peer), RoomRules.Enter(room, peer, []).Notices),
        };

        BrokenFlow.AssertFound(scenario, Rule.RoomCapacity);
    }

    [Test]
    public void Two_that_offer_at_a_time_are_seen() => Finds(
        Rule.OneOfferer,
        BrokenFlow.Spoilt(static after => after.Phase == CallPhase.Preparing ? after with { IsInitiator = true } : after));

    [Test]
    public void A_session_that_completes_twice_is_seen() => Finds(
        Rule.OneEnd,
        (FlowRules rules, in FlowState state, CallInput input) => state.Phase == CallPhase.Ended && input is CallInput.HangUp
            ? (state, [new CallEffect.Complete(state.EndReason!)])
            : CallFlow.Step(rules, state, input),
        Act.HangUp);

    [Test]
    public void Two_that_ask_each_other_for_ever_are_seen() => Finds(
        Rule.ComesToRest,
        (FlowRules rules, in FlowState state, CallInput input) => input is CallInput.PeerSaid { Message: PeerMessage.GotUserMedia } said && state.IsStarted
            ? (state, [new CallEffect.Send(said.From, said.Message)])
            : CallFlow.Step(rules, state, input));

    private static void Finds(Rule rule, FlowStep broken, params Act[] acts) => BrokenFlow.Finds(Usual, rule, broken, acts);
}
