using RoomCall.DataChannels;
using RoomCall.InMemory;

namespace RoomCall.Repository.Documentation.Snippets;

/// <summary>The code of docs/simulation.md, as it is printed there.</summary>
public class SimulationSnippets
{
    [Test]
    public void Many_seeds()
    {
        IReadOnlyList<SimulationResult> runs = MyTests.Run();

        Assert.That(runs, Has.Count.EqualTo(200));
    }

    [Test]
    public void Replaying()
    {
        #region replay
        SimulationResult run = Simulation.Run(MyTests.GreetAsync, new SimulationOptions { Seed = 137 });
        Console.WriteLine(run.Trace); // 00:00:00.0000000 alice  joins; and so on, a line for each thing that happened
        #endregion

        Assert.That(run.Trace, Does.StartWith("00:00:00.0000000 alice        joins\n"));
        Assert.That(run, Is.EqualTo(Simulation.Run(MyTests.GreetAsync, new SimulationOptions { Seed = 137 })));
    }

    #region scenario
    public static class MyTests
    {
        public static IReadOnlyList<SimulationResult> Run() => Simulation.RunMany(GreetAsync, 200); // 200 seeds, on all processors

        public static async Task GreetAsync(Simulation simulation)
        {
            InMemoryWorld world = simulation.CreateWorld(new InMemoryWorldOptions
            {
                Network = new() { Latency = TimeSpan.FromMilliseconds(simulation.Random.Next(200)), Loss = simulation.Random.NextDouble() / 5 },
                Signaling = new() { Latency = TimeSpan.FromMilliseconds(simulation.Random.Next(500)) },
            });
            simulation.Note("joins", "alice");
            await using ICallSession alice = await world.CreateClient().JoinAsync("lobby");
            await using ICallSession bob = await world.CreateClient().JoinAsync("lobby");
            await alice.DataChannel.SendAsync("Hello, Bob!");

            // Somewhere on the way the network is gone for a while.
            await simulation.Delay(TimeSpan.FromSeconds(simulation.Random.NextDouble()));
            world.Network.Disconnect();
            await simulation.Delay(TimeSpan.FromSeconds(simulation.Random.Next(1, 10)));
            world.Network.Reconnect();

            IDataChannel channel = await bob.WhenDataChannelOpenAsync();
            if ((await channel.ReceiveAsync()).Text != "Hello, Bob!")
            {
                throw new InvalidOperationException("What Alice said did not arrive.");
            }
        }
    }
    #endregion
}
