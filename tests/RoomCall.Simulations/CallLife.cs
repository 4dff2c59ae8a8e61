using System.Globalization;
using RoomCall.InMemory;
using RoomCall.Server;

namespace RoomCall.Simulations;

/// <summary>
/// Two hours of a few people who call each other in one or two rooms, over networks that are slow and lossy, with engines that fail and
/// hang, servers that cannot be reached, crashes, and media that is refused or late. All of it is decided by the seed.
/// </summary>
/// <remarks>
/// The promises that are checked: every session ends, within its bound, with one reason that is no fault of the library; the phases follow
/// each other as the call flow says; what arrives on a channel is what was sent on it, in order and without a gap; who is gone is soon in nobody's call any more; when all have gone
/// nothing is left of rooms, members, addresses and connections; and then two newcomers get a call, and all that they say arrives.
/// </remarks>
public sealed class CallLife
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(2);

    private readonly List<InMemorySignaler> _signalers = [];
    private int _disconnections;

    private CallLife(Simulation simulation)
    {
        Simulation = simulation;
        World = simulation.CreateWorld(Weather.Choose(simulation.Random));
        Rooms = simulation.Random.Next(3) == 0 ? ["red", "blue"] : ["red"];
    }

    internal Simulation Simulation { get; }

    internal InMemoryWorld World { get; }

    internal string[] Rooms { get; }

    /// <summary>The stays of those who are in a room now.</summary>
    internal List<Stay> Stays { get; } = [];

    internal bool IsOver => Simulation.Now >= Life;

    /// <summary>Lives one such life.</summary>
    /// <param name="simulation">Where.</param>
    /// <returns>A task that ends after the two hours and what comes after them.</returns>
    public static Task LiveAsync(Simulation simulation) => new CallLife(simulation).LiveAsync();

    /// <summary>Runs it with many seeds.</summary>
    /// <param name="firstSeed">The first.</param>
    /// <param name="count">How many.</param>
    /// <returns>The runs.</returns>
    public static IReadOnlyList<SimulationResult> RunMany(int firstSeed, int count) =>
        Simulation.RunMany(LiveAsync, count, Options with { Seed = firstSeed });

    /// <summary>How a life is run, but for the seed.</summary>
    public static SimulationOptions Options { get; } = new()
    {
        TimeLimit = TimeSpan.FromHours(3),
        StepLimit = 5_000_000,
        ReplayCommand = "dotnet run -c Release --project tests/RoomCall.Verification -- simulate --first {seed} --trace",
    };

    internal InMemorySignaler CreateSignaler()
    {
        InMemorySignaler signaler = World.CreateSignaler();
        _signalers.Add(signaler);
        return signaler;
    }

    /// <summary>Takes the whole network down for a while; several such times may overlap.</summary>
    internal async Task BreakNetworkAsync(TimeSpan time)
    {
        Simulation.Note($"down for {Text(time)}", "network");
        if (_disconnections++ == 0) World.Network.Disconnect();
        await Simulation.Delay(time);
        if (--_disconnections > 0) return;
        World.Network.Reconnect();
        Simulation.Note("up again", "network");
    }

    internal static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    private async Task LiveAsync()
    {
        int count = Simulation.Random.Next(2, 5);
        await Task.WhenAll(Enumerable.Range(0, count).Select(number => new Person(this, Name(number)).LiveAsync()));
        await Simulation.Delay(TimeSpan.FromMinutes(1));
        CheckNothingIsLeft();

        foreach (string room in Rooms)
        {
            await Newcomers.CallAsync(this, room);
        }

        await Simulation.Delay(TimeSpan.FromMinutes(1));
        CheckNothingIsLeft();
    }

    private void CheckNothingIsLeft()
    {
        RoomBroker rooms = World.Rooms;
        if ((rooms.RoomCount, rooms.MemberCount) != (0, 0))
        {
            throw new BrokenPromiseException($"When all have left no room and no member is left; there are {rooms.RoomCount} and {rooms.MemberCount}.");
        }

        if (World.Network.Connections.Count > 0 || World.Network.AddressCount > 0)
        {
            throw new BrokenPromiseException(
                $"When all have left no peer connection is left; there are {World.Network.Connections.Count}, and {World.Network.AddressCount} addresses.");
        }

        if (_signalers.Exists(static signaler => signaler.ConnectionCount > 0))
        {
            throw new BrokenPromiseException("When all have left no connection to the server is left; there are some.");
        }
    }

    private static string Name(int number) => ((string[])["anna", "ben", "cleo", "dan"])[number];
}
