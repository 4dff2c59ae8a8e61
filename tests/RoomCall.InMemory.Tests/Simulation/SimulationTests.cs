using RoomCall.DataChannels;

namespace RoomCall.InMemory.Tests;

public class SimulationTests
{
    [Test]
    public void Virtual_time_passes_as_it_is_waited_for_and_takes_no_real_time()
    {
        List<DateTimeOffset> moments = [];

        SimulationResult run = Simulation.Run(async simulation =>
        {
            moments.Add(simulation.TimeProvider.GetUtcNow());
            await simulation.Delay(TimeSpan.FromHours(23));
            moments.Add(simulation.TimeProvider.GetUtcNow());
            Assert.That(simulation.Now, Is.EqualTo(TimeSpan.FromHours(23)));
        });

        Assert.That(moments[1] - moments[0], Is.EqualTo(TimeSpan.FromHours(23)));
        Assert.That(run.Elapsed, Is.EqualTo(TimeSpan.FromHours(23)));
    }

    [Test]
    public void Timers_elapse_in_the_order_of_their_times_and_not_when_they_were_stopped()
    {
        List<string> elapsed = [];

        Simulation.Run(async simulation =>
        {
            using ITimer late = Start(simulation, "late", TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
            using ITimer moved = Start(simulation, "moved", TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            ITimer stopped = Start(simulation, "stopped", TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
            using ITimer again = Start(simulation, "again", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
            await stopped.DisposeAsync();
            moved.Change(TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan);
            await simulation.Delay(TimeSpan.FromSeconds(9));
        });

        Assert.That(elapsed, Is.EqualTo(new[] { "again at 2", "late at 3", "moved at 4", "again at 5", "again at 8" }));

        ITimer Start(Simulation simulation, string name, TimeSpan due, TimeSpan period) => simulation.TimeProvider.CreateTimer(
            _ => elapsed.Add($"{name} at {simulation.Now.TotalSeconds}"), null, due, period);
    }

    [Test]
    public void The_seed_decides_what_of_that_which_is_ready_goes_on_next()
    {
        HashSet<string> orders = [];
        foreach (int seed in Enumerable.Range(0, 100)) orders.Add(Order(new SimulationOptions { Seed = seed }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(orders, Is.EquivalentTo(new[] { "abc", "acb", "bac", "bca", "cab", "cba" }));
            Assert.That(Enumerable.Range(0, 20).Select(_ => Order(new SimulationOptions { Seed = 7 })).Distinct(), Has.One.Items);
        }
    }

    [Test]
    public void Without_shuffling_what_waits_longest_goes_on_next([Range(0, 9)] int seed) =>
        Assert.That(Order(new SimulationOptions { Seed = seed, Shuffle = false }), Is.EqualTo("abc"));

    [Test]
    public void The_seed_decides_the_scenarios_chance_and_the_networks()
    {
        HashSet<(int, int)> seen = [];
        foreach (int seed in Enumerable.Range(0, 50).Concat(Enumerable.Range(0, 50)))
        {
            Simulation.Run(
                simulation =>
                {
                    seen.Add((simulation.Random.Next(), simulation.World.Network.Options.Seed));
                    return Task.CompletedTask;
                },
                new SimulationOptions { Seed = seed });
        }

        Assert.That(seen, Has.Count.EqualTo(50));
        Assert.That(seen.Select(pair => pair.Item1), Is.Unique);
        Assert.That(seen.Select(pair => pair.Item2), Is.Unique);
    }

    [Test]
    public void The_trace_tells_when_who_did_what()
    {
        SimulationResult run = Simulation.Run(async simulation =>
        {
            await using ICallSession alice = await simulation.World.CreateClient().JoinAsync("lobby");
            await simulation.Delay(TimeSpan.FromMinutes(90.5));
            simulation.Note("is bored", "alice");
        });

        string[] lines = run.Trace.Split('\n');
        Assert.That(lines, Does.Contain("00:00:00.0000000 roombroker-1 Peer peer-1 entered room lobby."));
        Assert.That(lines, Does.Contain("00:00:00.0000000 session-1    Phase Joining -> Waiting (generation 1)."));
        Assert.That(lines, Does.Contain("01:30:30.0000000 alice        is bored"));
        Assert.That(lines, Does.Contain("01:30:30.0000000 roombroker-1 Peer peer-1 is gone from room lobby: Left."));
    }

    [Test]
    public void What_work_sets_for_its_own_flow_reaches_no_other()
    {
        AsyncLocal<string?> local = new();

        Simulation.Run(async simulation =>
        {
            local.Value = "scenario";
            await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
            {
                await Task.Yield();
                Assert.That(local.Value, Is.EqualTo("scenario"));
                local.Value = $"{number}";
                await simulation.Delay(TimeSpan.FromSeconds(simulation.Random.Next(3)));
                Assert.That(local.Value, Is.EqualTo($"{number}"));
            }));
            using ITimer timer = simulation.TimeProvider.CreateTimer(
                _ => Assert.That(local.Value, Is.EqualTo("scenario")), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            await simulation.Delay(TimeSpan.FromSeconds(2));
        });

        Assert.That(local.Value, Is.Null);
    }

    [Test]
    public async Task After_a_run_the_callers_context_is_back_and_its_world_is_dead()
    {
        SynchronizationContext own = new();
        SynchronizationContext.SetSynchronizationContext(own);
        TaskCompletionSource gate = new();
        bool goesOn = false;
        Simulation.Run(simulation =>
        {
            _ = WaitAsync();
            return Task.CompletedTask;
        });

        SynchronizationContext? after = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        gate.SetResult();
        await Task.Yield();

        Assert.That(after, Is.SameAs(own));
        Assert.That(goesOn, Is.False);

        async Task WaitAsync()
        {
            await gate.Task;
            goesOn = true;
        }
    }

    [Test]
    public void A_file_goes_through_a_lossy_network_while_the_connection_is_lost_and_repaired([Range(1, 20)] int seed)
    {
        SimulationOptions options = new()
        {
            Seed = seed,
            World = new() { Network = new() { Latency = TimeSpan.FromMilliseconds(40), Jitter = TimeSpan.FromMilliseconds(40), Loss = 0.2 } },
        };

        Simulation.Run(
            async simulation =>
            {
                await using ICallSession alice = await simulation.World.CreateClient().JoinAsync("lobby");
                await using ICallSession bob = await simulation.World.CreateClient().JoinAsync("lobby");
                await Task.WhenAll(alice.WhenConnectedAsync(), bob.WhenConnectedAsync());
                byte[] file = new byte[3_000_000];
                simulation.Random.NextBytes(file);

                Task sending = SendAsync(await alice.OpenDataChannelAsync("file"), file);
                Task<byte[]> receiving = ReceiveAsync(await bob.AcceptDataChannelAsync("file"));
                await simulation.Delay(TimeSpan.FromSeconds(simulation.Random.NextDouble() * 5));
                simulation.World.Network.Disconnect();
                await simulation.Delay(TimeSpan.FromSeconds(simulation.Random.Next(1, 20)));
                simulation.World.Network.Reconnect();

                await Task.WhenAll(sending, receiving);
                Assert.That(await receiving, Is.EqualTo(file));
            },
            options);

        static async Task SendAsync(IDataChannel channel, byte[] file)
        {
            await using DataChannelStream stream = channel.AsStream();
            await stream.WriteAsync(file);
        }

        static async Task<byte[]> ReceiveAsync(IDataChannel channel)
        {
            await using DataChannelStream stream = channel.AsStream();
            using MemoryStream copy = new();
            await stream.CopyToAsync(copy);
            return copy.ToArray();
        }
    }

    [Test]
    public void Observers_and_combined_waits_stay_in_the_simulation([Range(1, 20)] int seed) => Simulation.Run(
        async simulation =>
        {
            using CancellationTokenSource enough = new(TimeSpan.FromMinutes(1), simulation.TimeProvider);
            ICallSession alice = await simulation.World.CreateClient().JoinAsync("lobby", null, enough.Token);
            ICallSession bob = await simulation.World.CreateClient().JoinAsync("lobby", null, enough.Token);
            List<string> heard = [];
            TaskCompletionSource all = new();
            IDataChannel channel = await bob.WhenDataChannelOpenAsync(enough.Token);
            using IDisposable subscription = channel.Messages.Subscribe(new Listener(heard, all));
            for (int number = 0; number < 300; number++) await alice.DataChannel.SendAsync($"{number}", enough.Token);
            await alice.HangUpAsync(enough.Token);
            await all.Task;
            Assert.That(heard, Is.EqualTo(Enumerable.Range(0, 300).Select(number => $"{number}")));

            Task first = await Task.WhenAny(bob.Completion, bob.AcceptDataChannelAsync("never", enough.Token), channel.CloseAsync(enough.Token));
            Assert.That(first, Is.Not.SameAs(bob.Completion));
            Task[] ends = [bob.Completion, bob.WhenCompletedAsync(enough.Token), bob.HangUpAsync(enough.Token), bob.Completion.WaitAsync(TimeSpan.FromMinutes(1), simulation.TimeProvider)];
            await Task.WhenAll(ends);
        },
        new SimulationOptions { Seed = seed });

    private static string Order(SimulationOptions options)
    {
        string order = "";
        Simulation.Run(
            async _ => await Task.WhenAll("abc".Select(async letter =>
            {
                await Task.Yield();
                order += letter;
            })),
            options);
        return order;
    }

    private sealed class Listener(List<string> heard, TaskCompletionSource all) : IObserver<DataMessage>
    {
        public void OnNext(DataMessage value) => heard.Add(value.Text);

        public void OnError(Exception error) => all.SetException(error);

        public void OnCompleted() => all.SetResult();
    }
}
