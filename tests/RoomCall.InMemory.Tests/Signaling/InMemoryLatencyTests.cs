using RoomCall.Conformance;
using RoomCall.Server;
using RoomCall.Signaling;

namespace RoomCall.InMemory.Tests;

/// <summary>The latency, in virtual time.</summary>
public class InMemoryLatencyTests
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(70);

    [Test]
    public async Task Entering_and_its_answer_take_the_latency_each_in_virtual_time()
    {
        WatchedClock clock = new();
        RoomBroker broker = new(InMemorySignalingHost.Unlimited);
        InMemorySignaler signaler = new(broker, new InMemorySignalerOptions { Latency = Latency }, clock);

        Task<RoomGuest> entering = RoomGuest.EnterAsync(signaler, "room");
        clock.Advance(Latency - TimeSpan.FromMilliseconds(1));
        Assert.That(broker.RoomCount, Is.Zero);

        clock.Advance(TimeSpan.FromMilliseconds(1));
        await Until(() => broker.RoomCount == 1);
        Assert.That(entering.IsCompleted, Is.False);

        await using RoomGuest guest = await clock.UntilAsync(entering);
        Assert.That(clock.GetUtcNow() - clock.Start, Is.EqualTo(2 * Latency));
    }

    [Test]
    public async Task A_message_takes_the_latency_to_the_server_and_again_to_the_other()
    {
        WatchedClock clock = new();
        await using RoomPair pair = await RoomPair.MeetAsync(new InMemorySignalerOptions { Latency = Latency }, clock);
        DateTimeOffset sent = clock.GetUtcNow();

        await pair.First.SendAsync("one");
        await pair.First.SendAsync("two");
        Task<List<string>> received = pair.Second.NextTextsAsync(2);

        Assert.That(await clock.UntilAsync(received), Is.EqualTo(new[] { "one", "two" }));
        Assert.That(clock.GetUtcNow() - sent, Is.EqualTo(2 * Latency));
    }

    [Test]
    public async Task Messages_that_follow_each_other_are_on_their_way_together()
    {
        WatchedClock clock = new();
        await using RoomPair pair = await RoomPair.MeetAsync(new InMemorySignalerOptions { Latency = Latency }, clock);
        DateTimeOffset begun = clock.GetUtcNow();
        for (int i = 0; i < 30; i++)
        {
            await pair.First.SendAsync($"{i}");
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.That(await clock.UntilAsync(pair.Second.NextTextsAsync(30)), Is.EqualTo(Enumerable.Range(0, 30).Select(i => $"{i}")));

        // One after the other would be thirty times the latency each way. Time may go by while the reader gets a turn: hence the margin.
        Assert.That(clock.GetUtcNow() - begun, Is.LessThan(10 * Latency));
    }

    [Test]
    public async Task An_interruption_holds_what_is_on_its_way()
    {
        WatchedClock clock = new();
        await using RoomPair pair = await RoomPair.MeetAsync(new InMemorySignalerOptions { Latency = Latency }, clock);
        await pair.First.SendAsync("on its way");
        Task<RoomEvent> next = pair.Second.NextAsync();

        pair.SecondSignaler.Interrupt();
        Assert.That(await next, Is.TypeOf<RoomEvent.Interrupted>());
        next = pair.Second.NextAsync();
        clock.Advance(TimeSpan.FromHours(1));
        Assert.That(next.IsCompleted, Is.False);

        pair.SecondSignaler.Resume();
        Assert.That(await next, Is.TypeOf<RoomEvent.Resumed>());
        Assert.That(await clock.UntilAsync(pair.Second.NextTextAsync()), Is.EqualTo("on its way"));
    }

    [Test]
    public async Task What_is_on_its_way_gets_lost_with_the_connection()
    {
        WatchedClock clock = new();
        await using RoomPair pair = await RoomPair.MeetAsync(new InMemorySignalerOptions { Latency = Latency }, clock);
        await pair.Second.SendAsync("lost");

        pair.SecondSignaler.Vanish();

        Assert.That((await clock.UntilAsync(pair.First.NextAsync<RoomEvent.Left>())).Reason, Is.EqualTo(PeerLeftReason.Vanished));
    }

    [Test]
    public async Task The_end_of_a_connection_stops_its_timers()
    {
        WatchedClock clock = new();
        InMemorySignalerOptions options = new() { Latency = TimeSpan.FromHours(1) };
        RoomPair pair = await RoomPair.MeetAsync(options, clock);
        await pair.First.SendAsync("on its way");
        Task<List<RoomEvent>> rest = pair.First.RestAsync();
        Task leaving = pair.First.LeaveAsync();

        await pair.First.DisposeAsync();

        // Without a step of the clock.
        await leaving;
        Assert.That(await rest, Is.Empty);
        await pair.DisposeAsync();
    }

    [Test]
    public async Task A_client_that_vanishes_does_not_get_what_was_on_its_way_to_it()
    {
        WatchedClock clock = new();
        await using RoomPair pair = await RoomPair.MeetAsync(new InMemorySignalerOptions { Latency = Latency }, clock);
        await pair.First.SendAsync("never arrives");
        clock.Advance(Latency);

        pair.SecondSignaler.Vanish();

        // Without a step of the clock.
        Assert.That(() => pair.Second.NextAsync(), Throws.TypeOf<RoomCallException>());
    }

    private static async Task Until(Func<bool> condition)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
