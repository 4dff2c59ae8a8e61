using RoomCall.Conformance;
using RoomCall.Server;
using RoomCall.Signaling;

namespace RoomCall.InMemory.Tests;

/// <summary>What only this signaler has: a bound that is exact, and switches.</summary>
public class InMemorySignalerTests
{
    [Test]
    public async Task A_client_that_vanishes_in_an_interruption_reads_what_came_before_it()
    {
        await using RoomPair pair = await RoomPair.MeetAsync();
        await pair.First.SendAsync("before");
        pair.SecondSignaler.Interrupt();
        await pair.First.SendAsync("never arrives");

        pair.SecondSignaler.Vanish();

        Assert.That(await pair.Second.NextTextAsync(), Is.EqualTo("before"));
        await pair.Second.NextAsync<RoomEvent.Interrupted>();
        Assert.That(() => pair.Second.NextAsync(), Throws.TypeOf<RoomCallException>());
    }

    [Test]
    public async Task After_a_dispose_nothing_more_is_read()
    {
        await using RoomPair pair = await RoomPair.MeetAsync();
        await pair.First.SendAsync("unread");

        await pair.Second.DisposeAsync();

        Assert.That(await pair.Second.RestAsync(), Is.Empty);
    }

    [Test]
    public async Task As_many_events_wait_for_a_slow_reader_as_the_limit_says_and_one_more_is_too_many()
    {
        await using RoomPair pair = await RoomPair.MeetAsync(new InMemorySignalerOptions { QueueLimit = 10 });

        for (int i = 0; i < 10; i++)
        {
            await pair.First.SendAsync($"{i}");
        }

        Assert.That(pair.Broker.MemberCount, Is.EqualTo(2));
        await pair.First.SendAsync("one too many");

        Assert.That(pair.Broker.MemberCount, Is.EqualTo(1));
        Assert.That((await pair.First.NextAsync<RoomEvent.Left>()).Reason, Is.EqualTo(PeerLeftReason.TooSlow));
        Assert.That(pair.SecondSignaler.ConnectionCount, Is.Zero);

        // What was taken for it can still be read, and then the reason.
        Assert.That(await pair.Second.NextTextsAsync(10), Is.EqualTo(Enumerable.Range(0, 10).Select(i => $"{i}")));
        Assert.That(() => pair.Second.NextAsync(), Throws.TypeOf<RoomCallException>().With.Message.Contains(nameof(InMemorySignalerOptions.QueueLimit)));
    }

    [Test]
    public async Task One_who_is_let_go_in_an_interruption_need_not_wait_for_its_end()
    {
        await using RoomPair pair = await RoomPair.MeetAsync(new InMemorySignalerOptions { QueueLimit = 10 });
        pair.SecondSignaler.Interrupt();
        await pair.Second.NextAsync<RoomEvent.Interrupted>();
        Task<RoomEvent> next = pair.Second.NextAsync();

        for (int i = 0; i < 11; i++)
        {
            await pair.First.SendAsync($"{i}");
        }

        Assert.That(async () => await next, Throws.TypeOf<RoomCallException>());
    }

    [Test]
    public async Task Sending_waits_when_as_many_messages_are_on_their_way_as_the_limit_says()
    {
        await using RoomPair pair = await RoomPair.MeetAsync(
            new InMemorySignalerOptions { QueueLimit = 10 },
            secondOptions: new InMemorySignalerOptions());
        pair.FirstSignaler.Interrupt();
        for (int i = 0; i < 10; i++)
        {
            await pair.First.SendAsync($"{i}");
        }

        using CancellationTokenSource cancellation = new();
        Task cancelled = pair.First.Connection.SendAsync("never"u8.ToArray(), null, cancellation.Token).AsTask();
        Task waiting = pair.First.SendAsync("10");
        Assert.That(cancelled.IsCompleted || waiting.IsCompleted, Is.False);
        await cancellation.CancelAsync();
        Assert.That(async () => await cancelled, Throws.InstanceOf<OperationCanceledException>());

        Task<List<string>> received = pair.Second.NextTextsAsync(11);
        pair.FirstSignaler.Resume();

        await waiting;
        Assert.That(await received, Is.EqualTo(Enumerable.Range(0, 11).Select(i => $"{i}")));
    }

    [Test]
    public async Task A_send_that_waits_for_a_place_fails_when_the_connection_ends()
    {
        await using RoomPair pair = await RoomPair.MeetAsync(new InMemorySignalerOptions { QueueLimit = 2 });
        pair.FirstSignaler.Interrupt();
        await pair.First.SendAsync("one");
        await pair.First.SendAsync("two");
        Task waiting = pair.First.SendAsync("three");

        pair.FirstSignaler.Vanish();

        Assert.That(
            async () => await waiting,
            Throws.TypeOf<RoomCallException>().With.Property(nameof(RoomCallException.Code)).EqualTo(RoomCallErrorCode.SignalingLost));
    }

    [Test]
    public async Task Interruptions_do_not_pile_up_before_one_who_does_not_read()
    {
        await using RoomPair pair = await RoomPair.MeetAsync();
        await pair.First.SendAsync("before");
        for (int i = 0; i < 100; i++)
        {
            pair.SecondSignaler.Interrupt();
            pair.SecondSignaler.Resume();
        }

        await pair.First.SendAsync("after");
        await pair.First.LeaveAsync();

        Assert.That(await pair.Second.NextTextAsync(), Is.EqualTo("before"));
        await pair.Second.NextAsync<RoomEvent.Interrupted>();
        await pair.Second.NextAsync<RoomEvent.Resumed>();
        Assert.That(await pair.Second.NextTextAsync(), Is.EqualTo("after"));
        await pair.Second.NextAsync<RoomEvent.Left>();
    }

    [Test]
    public async Task A_stay_that_was_refused_is_not_kept()
    {
        await using RoomPair pair = await RoomPair.MeetAsync();
        InMemorySignaler third = new(pair.Broker);

        RoomGuest guest = await RoomGuest.EnterAsync(third, "room");

        Assert.That(guest.Answer, Is.TypeOf<RoomEvent.Full>());
        Assert.That(await guest.RestAsync(), Is.Empty);
        Assert.That(third.ConnectionCount, Is.Zero);
    }

    [Test]
    public async Task A_client_can_reach_the_server_again_when_it_may()
    {
        InMemorySignaler signaler = new(new RoomBroker()) { IsReachable = false };
        Assert.That(() => RoomGuest.EnterAsync(signaler, "room"), Throws.TypeOf<RoomCallException>());

        signaler.IsReachable = true;

        await using RoomGuest guest = await RoomGuest.EnterAsync(signaler, "room");
        Assert.That(guest.Answer, Is.TypeOf<RoomEvent.Created>());
    }

    [Test]
    public async Task A_client_that_vanishes_while_it_connects_leaves_nothing_behind()
    {
        RoomBroker broker = new(InMemorySignalingHost.Unlimited);
        for (int i = 0; i < 2000; i++)
        {
            InMemorySignaler signaler = new(broker);
            Task<IRoomConnection> connecting = Task.Run(() => signaler.ConnectAsync("room", CancellationToken.None).AsTask());
            signaler.Vanish();
            await (await connecting).DisposeAsync();

            Assert.That((broker.MemberCount, broker.RoomCount, signaler.ConnectionCount), Is.EqualTo((0, 0, 0)));
        }
    }

    [Test]
    public async Task Nothing_of_a_connection_is_kept_after_its_end()
    {
        RoomBroker broker = new(InMemorySignalingHost.Unlimited);
        InMemorySignaler signaler = new(broker, new InMemorySignalerOptions { Latency = TimeSpan.FromMilliseconds(1) });

        WeakReference connection = await StayAsync(signaler);

        await Until(() =>
        {
            GC.Collect();
            return !connection.IsAlive;
        });
        GC.KeepAlive(signaler);
        GC.KeepAlive(broker);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(1_000_001)]
    public void A_queue_limit_out_of_range_is_refused(int limit) => Assert.That(
        () => new InMemorySignaler(new RoomBroker(), new InMemorySignalerOptions { QueueLimit = limit }),
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Property(nameof(ArgumentException.ParamName)).EqualTo("QueueLimit"));

    [TestCase(-1)]
    [TestCase(3_600_001)]
    public void A_latency_out_of_range_is_refused(int milliseconds) => Assert.That(
        () => new InMemorySignaler(new RoomBroker(), new InMemorySignalerOptions { Latency = TimeSpan.FromMilliseconds(milliseconds) }),
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Property(nameof(ArgumentException.ParamName)).EqualTo("Latency"));

    private static async Task<WeakReference> StayAsync(InMemorySignaler signaler)
    {
        RoomGuest guest = await RoomGuest.EnterAsync(signaler, "room");
        await guest.SendAsync("hello");
        await guest.DisposeAsync();
        return new WeakReference(guest.Connection);
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
