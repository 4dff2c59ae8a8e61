using System.Globalization;

namespace RoomCall.Tests.Flow.Vectors;

/// <summary>tests/vectors/call-flow.json says what this flow does: clients in other languages that run it cannot drift from it.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class FlowVectorTests
{
    private const int MaxBytes = 2_000_000;
    private static readonly Lazy<IReadOnlyList<FlowWalk>> Walks = new(FlowVectors.Choose);

    private static IEnumerable<FlowStep> Steps => Walks.Value.SelectMany(walk => walk.Steps);

    [Test]
    public void The_vectors_are_what_the_flow_gives()
    {
        string path = Repository.Path("tests", "vectors", "call-flow.json");
        string given = FlowVectors.Write(Walks.Value);
        Assert.That(given, Has.Length.LessThan(MaxBytes), "The vectors have become many: choose fewer random walks.");
        if (Environment.GetEnvironmentVariable("ROOMCALL_WRITE_VECTORS") == "1")
        {
            File.WriteAllText(path, given);
        }

        string[] stored = File.ReadAllLines(path);
        string[] lines = given.TrimEnd('\n').Split('\n');
        int first = Enumerable.Range(0, Math.Max(stored.Length, lines.Length))
            .FirstOrDefault(i => i >= stored.Length || i >= lines.Length || stored[i] != lines[i], -1);
        if (first >= 0)
        {
            string line = first < lines.Length ? lines[first] : "no line";
            Assert.Fail(
                $"tests/vectors/call-flow.json is not what the flow gives, from line {first + 1} on: {line[..Math.Min(line.Length, 200)]} " +
                "If the flow or its tests were meant to change, write it anew: " +
                "ROOMCALL_WRITE_VECTORS=1 dotnet test tests/RoomCall.Core.Tests --filter FlowVectorTests");
        }
    }

    [Test]
    public void The_vectors_have_every_kind_of_input_and_of_effect_and_go_through_every_phase_and_step()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Kinds(Steps.Select(step => step.Input)), Is.EquivalentTo(typeof(CallInput).GetNestedTypes()));
            Assert.That(Kinds(Steps.SelectMany(step => step.Effects)), Is.EquivalentTo(typeof(CallEffect).GetNestedTypes()));
            Assert.That(Steps.Select(step => step.After.Phase).Distinct(), Is.EquivalentTo(Enum.GetValues<CallPhase>()));
            Assert.That(Steps.Select(step => step.After.Step).Distinct(), Is.EquivalentTo(Enum.GetValues<NegotiationStep>()));
        }
    }

    [Test]
    public void The_vectors_have_every_input_in_every_phase()
    {
        (CallPhase, Type)[] pairs = [.. Steps.Select(step => (step.Before.Phase, step.Input.GetType())).Distinct()];
        Type[] inputs = [.. typeof(CallInput).GetNestedTypes().Where(type => type != typeof(CallInput.Join))];
        IEnumerable<(CallPhase, Type)> all = Enum.GetValues<CallPhase>().SelectMany(phase => inputs.Select(input => (phase, input)))
            .Append((CallPhase.Joining, typeof(CallInput.Join))); // it is given once, first

        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Walks.Value.Count} walks, {Steps.Count()} steps of {Steps.Select(step => step.Kind).Distinct().Count()} kinds, {pairs.Length} pairs of phase and input."));
        Assert.That(all.Except(pairs), Is.Empty);
    }

    private static IEnumerable<Type> Kinds(IEnumerable<object> values) => values.Select(value => value.GetType()).Distinct();
}
