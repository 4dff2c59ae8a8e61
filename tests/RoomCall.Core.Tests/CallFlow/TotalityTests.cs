namespace RoomCall.Tests.Flow;

/// <summary>Whatever is put into a flow, in whatever state: no step throws, and what <see cref="FlowWatch"/> asks holds.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class TotalityTests
{
    private const int Walks = 2_000;
    private const int StepsInAWalk = 100;

    [Test]
    public void Every_kind_of_input_is_taken_in_every_state_that_a_random_walk_reaches()
    {
        HashSet<CallPhase> phases = [];
        HashSet<NegotiationStep> steps = [];
        HashSet<Type> inputs = [];
        HashSet<CallEndCode> ends = [];
        for (int seed = 0; seed < Walks; seed++)
        {
            Walk(seed, (flow, input) =>
            {
                phases.Add(flow.Phase);
                steps.Add(flow.State.Step);
                inputs.Add(input.GetType());
                if (flow.State.EndReason is { } reason)
                    ends.Add(reason.Code);
            });
        }

        TestContext.Out.WriteLine($"Ends that were reached: {string.Join(", ", ends)}.");
        Assert.That(phases, Is.EquivalentTo(Enum.GetValues<CallPhase>()));
        Assert.That(steps, Is.EquivalentTo(Enum.GetValues<NegotiationStep>()));
        Assert.That(inputs, Is.EquivalentTo(typeof(CallInput).GetNestedTypes()));
        Assert.That(ends, Has.Count.GreaterThan(15));
    }

    private static void Walk(int seed, Action<FlowBench, CallInput> visit)
    {
        Random random = new(seed);
        InputDice dice = new(random);
        FlowBench flow = new(new FlowRules
        {
            WantsMedia = random.Next(2) == 0,
            ContinueWithoutMedia = random.Next(2) == 0,
            EndWhenRemoteLeaves = random.Next(4) == 0,
            CanRestartIce = random.Next(2) == 0,
            CloseByMessage = random.Next(3) == 0,
            ParkOffer = random.Next(2) == 0,
            MaxRecoveryAttempts = random.Next(4),
            PendingCandidateLimit = random.Next(1, 4),
        });
        List<CallInput> taken = [];
        for (int i = 0; i < StepsInAWalk; i++)
        {
            CallInput input = i == 0 ? new CallInput.Join() : dice.Draw(flow);
            taken.Add(input);
            string from = $"{flow.Phase}, {flow.State.Step}";
            try
            {
                flow.Give(input);
            }
            catch (Exception exception)
            {
                string story = string.Join(Environment.NewLine + "  ", taken);
                Assert.Fail($"Seed {seed}, in {from}, after {story}{Environment.NewLine}: {exception}");
            }

            visit(flow, input);
        }
    }
}
