namespace RoomCall.InMemory.Tests;

/// <summary>What goes wrong in a simulation is said with its seed, and how to run it again.</summary>
public class SimulationFailureTests
{
    [Test]
    public void A_scenario_that_throws_fails_with_its_exception_its_seed_and_its_trace()
    {
        InvalidOperationException thrown = new("no luck");

        SimulationException failure = Fail(
            async simulation =>
            {
                await simulation.Delay(TimeSpan.FromSeconds(5));
                simulation.Note("all is well");
                throw thrown;
            },
            new SimulationOptions { Seed = 42 });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Failure, Is.EqualTo(SimulationFailure.Threw));
            Assert.That(failure.InnerException, Is.SameAs(thrown));
            Assert.That(failure.Result.Seed, Is.EqualTo(42));
            Assert.That(failure.Result.Trace, Is.EqualTo("00:00:05.0000000 scenario     all is well\n"));
            Assert.That(failure.Message, Does.Contain("Seed 42").And.Contain("no luck").And.Contain("all is well"));
            Assert.That(failure.Message, Does.Contain("Simulation.Run(scenario, new SimulationOptions { Seed = 42 })"));
        }
    }

    [Test]
    public void A_failure_names_the_command_that_runs_it_again() => Assert.That(
        Fail(_ => throw new InvalidOperationException(), new SimulationOptions { Seed = -3, ReplayCommand = "play --seed {seed} --loud" }).Message,
        Does.Contain("play --seed -3 --loud"));

    [Test]
    public void Work_that_nobody_awaits_and_that_throws_fails_the_run()
    {
        SimulationException failure = Fail(async simulation =>
        {
            SynchronizationContext.Current!.Post(_ => throw new InvalidOperationException("nobody awaits me"), null);
            await simulation.Delay(TimeSpan.FromSeconds(5));
        });

        Assert.That((failure.Failure, failure.InnerException?.Message), Is.EqualTo((SimulationFailure.Threw, "nobody awaits me")));
    }

    [Test]
    public void A_scenario_that_waits_for_ever_fails_by_name() =>
        Assert.That(Fail(_ => new TaskCompletionSource().Task).Failure, Is.EqualTo(SimulationFailure.WaitsForever));

    [Test]
    public void A_session_that_nobody_ends_makes_a_scenario_wait_for_ever()
    {
        SimulationException failure = Fail(async simulation =>
        {
            ICallSession alone = await simulation.World.CreateClient().JoinAsync("lobby");
            await alone.WhenConnectedAsync();
        });

        Assert.That(failure.Failure, Is.EqualTo(SimulationFailure.WaitsForever));
        Assert.That(failure.Message, Does.Contain("Phase Joining -> Waiting"));
    }

    [Test]
    public void A_scenario_that_goes_on_for_ever_fails_at_the_time_limit()
    {
        SimulationException failure = Fail(
            async simulation =>
            {
                while (true) await simulation.Delay(TimeSpan.FromMinutes(7));
            },
            new SimulationOptions { TimeLimit = TimeSpan.FromHours(1) });

        Assert.That(failure.Failure, Is.EqualTo(SimulationFailure.TookTooLong));
        Assert.That(failure.Result.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(56)));
    }

    [Test]
    public void A_scenario_that_goes_round_in_circles_fails_at_the_step_limit()
    {
        SimulationException failure = Fail(
            async _ =>
            {
                while (true) await Task.Yield();
            },
            new SimulationOptions { StepLimit = 1_000 });

        Assert.That((failure.Failure, failure.Result.Elapsed), Is.EqualTo((SimulationFailure.TookTooLong, TimeSpan.Zero)));
    }

    private static IEnumerable<TestCaseData<Func<Simulation, Task>>> WaysOut() =>
    [
        new(async _ =>
        {
            // Waited for before it ends: what a fast thread has ended already would not be left for.
            using ManualResetEventSlim waits = new();
            Task waiting = WaitAsync(Task.Run(waits.Wait));
            waits.Set();
            await waiting;

            static async Task WaitAsync(Task work) => await work;
        }) { TestName = "Task.Run" },
        new(async simulation =>
        {
            await Task.Yield();
            await simulation.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            await simulation.Delay(TimeSpan.FromSeconds(1));
        }) { TestName = "ConfigureAwait(false)" },
        new(async _ => await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System)) { TestName = "another clock" },
        new(async _ =>
        {
            TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);

            // As above.
            Task waiting = WaitAsync(Task.WhenAll(source.Task, Task.CompletedTask));
            source.SetResult();
            await waiting;

            static async Task WaitAsync(Task both) => await both;
        }) { TestName = "a combined task of a source that hops" },
    ];

    [TestCaseSource(nameof(WaysOut))]
    public void What_leaves_the_simulation_fails_the_run_and_says_where(Func<Simulation, Task> scenario)
    {
        // A busy machine may take long to run what went to another thread.
        SimulationException failure = Fail(scenario, new SimulationOptions { Patience = TimeSpan.FromMinutes(1) });

        Assert.That(failure.Failure, Is.EqualTo(SimulationFailure.LeftTheSimulation));
        Assert.That(failure.Message, Does.Contain("   at "));
    }

    [Test]
    public void Of_many_seeds_the_lowest_that_fails_is_told_with_its_trace()
    {
        static Task Scenario(Simulation simulation)
        {
            simulation.Note("here");
            return simulation.Seed is 17 or 18 or 30 ? throw new InvalidOperationException($"seed {simulation.Seed}") : Task.CompletedTask;
        }

        SimulationException failure = Assert.Throws<SimulationException>(() => Simulation.RunMany(Scenario, 100, new SimulationOptions { Seed = 10 }))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Result.Seed, Is.EqualTo(17));
            Assert.That(failure.Result.Trace, Does.Contain("here"));
            Assert.That(failure.InnerException?.Message, Is.EqualTo("seed 17"));
        }
    }

    [Test]
    public void Many_seeds_give_their_runs_in_order() => Assert.That(
        Simulation.RunMany(static simulation => simulation.Delay(TimeSpan.FromSeconds(simulation.Seed)), 50, new SimulationOptions { Seed = 5 })
            .Select(run => (run.Seed, run.Elapsed.TotalSeconds, run.Trace)),
        Is.EqualTo(Enumerable.Range(5, 50).Select(seed => (seed, (double)seed, ""))));

    [Test]
    public void A_failure_that_the_seed_does_not_decide_is_told_as_such()
    {
        int runs = 0;

        SimulationException failure = Assert.Throws<SimulationException>(() => Simulation.RunMany(
            _ => Interlocked.Increment(ref runs) == 1 ? throw new InvalidOperationException("once") : Task.CompletedTask,
            1))!;

        Assert.That(failure.Message, Does.Contain("once").And.Contain("not decided by the seed"));
    }

    [Test]
    public void Limits_out_of_range_are_refused()
    {
        static Task Nothing(Simulation simulation) => Task.CompletedTask;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Simulation.Run(Nothing, new SimulationOptions { StepLimit = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => Simulation.Run(Nothing, new SimulationOptions { TimeLimit = TimeSpan.Zero }), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => Simulation.RunMany(Nothing, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }
    }

    private static SimulationException Fail(Func<Simulation, Task> scenario, SimulationOptions? options = null) =>
        Assert.Throws<SimulationException>(() => Simulation.Run(scenario, options))!;
}
