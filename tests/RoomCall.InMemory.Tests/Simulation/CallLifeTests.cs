using System.Globalization;
using RoomCall.Simulations;

namespace RoomCall.InMemory.Tests;

/// <summary>
/// Many lives of two hours each. <c>ROOMCALL_SEEDS</c> and <c>ROOMCALL_FIRST_SEED</c>, or the run parameters <c>Seeds</c> and
/// <c>FirstSeed</c>, say how many and from where.
/// </summary>
public class CallLifeTests
{
    [Test]
    public void Whatever_happens_in_two_hours_of_calls_every_promise_is_kept()
    {
        int count = Given("Seeds", "ROOMCALL_SEEDS", 2_000);

        IReadOnlyList<SimulationResult> runs = CallLife.RunMany(Given("FirstSeed", "ROOMCALL_FIRST_SEED", 1), count);

        Assert.That(runs, Has.Count.EqualTo(count).And.All.Property(nameof(SimulationResult.Elapsed)).GreaterThan(TimeSpan.FromHours(2)));
    }

    [Test]
    public void The_same_seed_gives_the_same_trace_byte_for_byte_on_whatever_thread()
    {
        Parallel.For(0, 50, seed =>
        {
            SimulationOptions options = CallLife.Options with { Seed = seed };
            SimulationResult first = Simulation.Run(CallLife.LiveAsync, options);
            SimulationResult second = Simulation.Run(CallLife.LiveAsync, options);
            SimulationResult untraced = Simulation.Run(CallLife.LiveAsync, options with { RecordTrace = false });

            Assert.That(first.Trace, Has.Length.GreaterThan(10_000));
            Assert.That(second, Is.EqualTo(first));
            Assert.That(untraced, Is.EqualTo(first with { Trace = "" }));
        });
    }

    [Test]
    public void Different_seeds_give_different_lives()
    {
        IReadOnlyList<SimulationResult> runs = CallLife.RunMany(1, 50);

        Assert.That(runs.Select(run => run.Fingerprint), Is.Unique);
    }

    private static int Given(string parameter, string variable, int otherwise) =>
        int.Parse(TestContext.Parameters[parameter] ?? Environment.GetEnvironmentVariable(variable) ?? $"{otherwise}", CultureInfo.InvariantCulture);
}
