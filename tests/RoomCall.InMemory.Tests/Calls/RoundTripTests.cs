namespace RoomCall.InMemory.Tests;

/// <summary>How often a call goes to the server and back until both descriptions are exchanged: in virtual time, in which each way of a
/// message takes one second and all else nothing.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RoundTripTests
{
    private static readonly TimeSpan OneWay = TimeSpan.FromSeconds(1);

    [TestCase(true, 2)]
    [TestCase(false, 3)]
    public void From_the_join_to_both_descriptions_it_takes_two_round_trips_with_an_offer_that_was_parked_and_three_without(
        bool isParked, int roundTrips)
    {
        SimulationOptions options = new() { World = new() { Signaling = new() { Latency = OneWay } } };
        TimeSpan taken = default;
        Simulation.Run(
            async simulation =>
            {
                await using ICallSession waiting = await simulation.World.CreateClient(new CallOptions { ParkOffer = isParked }).JoinAsync("room");
                await simulation.Delay(TimeSpan.FromMinutes(1));

                TimeSpan start = simulation.Now;
                await using ICallSession joiner = await simulation.World.CreateClient().JoinAsync("room");
                await waiting.WhenAsync(HasBothDescriptions);
                await joiner.WhenAsync(HasBothDescriptions);
                taken = simulation.Now - start;
            },
            options);

        Assert.That(taken / OneWay, Is.EqualTo(2 * roundTrips));
    }

    private static bool HasBothDescriptions(CallState state) => state.Phase >= CallPhase.Connecting;
}
