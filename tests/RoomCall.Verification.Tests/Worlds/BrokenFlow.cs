using System.Collections.Immutable;
using RoomCall.Verification.Exploration;
using RoomCall.Verification.Worlds;

namespace RoomCall.Verification.Tests.Worlds;

/// <summary>Ways to break a call flow, and to have the explorer find out.</summary>
internal static class BrokenFlow
{
    private const int Limit = 300_000;

    public static void Finds(FlowRules rules, Rule rule, FlowStep broken, params Act[] acts) =>
        AssertFound(new Scenario("a broken flow", rules, rules, acts, Math.Max(1, acts.Length)) { Step = broken }, rule);

    public static void AssertFound(Scenario scenario, Rule rule)
    {
        ExplorationResult explored = new Explorer<WorldState>(new CallWorld(scenario), Limit, rule).Run();

        Assert.That(explored.Findings.Select(static finding => finding.Violation.Rule), Does.Contain(rule));
        Finding found = explored.Findings.First(finding => finding.Violation.Rule == rule);
        Assert.That(CounterExample.Tell(new CallWorld(scenario), found), Is.Not.Empty);
    }

    public static FlowStep Spoilt(Func<FlowState, FlowState> spoil) => (FlowRules rules, in FlowState state, CallInput input) =>
    {
        (FlowState after, ImmutableArray<CallEffect> effects) = CallFlow.Step(rules, state, input);
        return (spoil(after), effects);
    };

    public static FlowStep Hears(Func<FlowState, CallInput, CallInput> hears) => (FlowRules rules, in FlowState state, CallInput input) =>
        CallFlow.Step(rules, state, hears(state, input));

    public static FlowStep Deaf(Func<CallInput, bool> hears) => (FlowRules rules, in FlowState state, CallInput input) =>
        hears(input) ? (state, []) : CallFlow.Step(rules, state, input);

    public static FlowStep Mute(Predicate<CallEffect> says) => (FlowRules rules, in FlowState state, CallInput input) =>
    {
        (FlowState after, ImmutableArray<CallEffect> effects) = CallFlow.Step(rules, state, input);
        return (after, effects.RemoveAll(says));
    };
}
