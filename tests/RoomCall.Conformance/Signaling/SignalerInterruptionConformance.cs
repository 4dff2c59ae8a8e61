using RoomCall.Signaling;

namespace RoomCall.Conformance;

/// <summary>Interruptions that a transport repairs: defect D11, point 4 of <see cref="IRoomConnection"/>. Subclass it only for one that
/// does; <see cref="SignalerLossConformance"/> holds for all.</summary>
public abstract class SignalerInterruptionConformance : SignalerConformance
{
    [SetUp]
    public void Check() => Assert.That(Host.CanInterrupt, Is.True, "This fixture is for transports that repair themselves.");

    [Test]
    public async Task An_interruption_and_its_end_are_told_to_the_one_it_happens_to()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();

        await Host.InterruptAsync(second.Signaler);
        await second.NextAsync<RoomEvent.Interrupted>();
        await Host.ResumeAsync(second.Signaler);
        await second.NextAsync<RoomEvent.Resumed>();

        await second.SendAsync("here again");
        Assert.That(await first.NextTextAsync(), Is.EqualTo("here again"));
    }

    [Test]
    public async Task What_both_sides_send_meanwhile_arrives_once_and_in_order()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();
        await SendNumbersAsync(first, 50, "before ");
        Assert.That(await second.NextTextsAsync(50), Is.EqualTo(Numbers(50, "before ")));

        await Host.InterruptAsync(second.Signaler);
        await second.NextAsync<RoomEvent.Interrupted>();
        await SendNumbersAsync(first, 50, "first ");
        await SendNumbersAsync(second, 50, "second ");
        await Host.ResumeAsync(second.Signaler);
        await second.NextAsync<RoomEvent.Resumed>();

        Assert.That(await second.NextTextsAsync(50), Is.EqualTo(Numbers(50, "first ")));
        Assert.That(await first.NextTextsAsync(50), Is.EqualTo(Numbers(50, "second ")));
    }

    [Test]
    public async Task What_is_sent_meanwhile_is_not_heard_before_the_end_of_the_interruption()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();
        await Host.InterruptAsync(second.Signaler);
        await second.NextAsync<RoomEvent.Interrupted>();
        await first.SendAsync("meanwhile");

        Task<RoomEvent> next = second.NextAsync();
        Assert.That(next.IsCompleted, Is.False);
        await Host.ResumeAsync(second.Signaler);

        Assert.That(await next, Is.InstanceOf<RoomEvent.Resumed>());
        Assert.That(await second.NextTextAsync(), Is.EqualTo("meanwhile"));
    }

    [Test]
    public async Task Interruptions_at_any_moment_lose_double_and_reorder_nothing()
    {
        const int count = 800;
        (RoomGuest first, RoomGuest second) = await MeetAsync();
        Task<List<RoomEvent>> atFirst = UntilMessagesAsync(first, count);
        Task<List<RoomEvent>> atSecond = UntilMessagesAsync(second, count);
        Task sending = Task.WhenAll(
            Task.Run(() => SendNumbersAsync(first, count)),
            Task.Run(() => SendNumbersAsync(second, count)));

        Task received = Task.WhenAll(atFirst, atSecond, sending);
        for (int i = 0; i < 10 * Host.Rounds && !received.IsCompleted; i++)
        {
            await Host.InterruptAsync(second.Signaler);
            await Host.InterruptAsync(first.Signaler);
            await Task.Yield();
            await Host.ResumeAsync(second.Signaler);
            await Host.ResumeAsync(first.Signaler);
            await Task.Yield();
        }

        await received;

        foreach (List<RoomEvent> events in new[] { await atFirst, await atSecond })
        {
            Assert.That(
                events.OfType<RoomEvent.Message>().Select(RoomGuest.TextOf),
                Is.EqualTo(Numbers(count)));
            Assert.That(
                events.Where(roomEvent => roomEvent is not RoomEvent.Message).Chunk(2).Where(pair => pair.Length == 2),
                Is.All.EqualTo(new RoomEvent[] { new RoomEvent.Interrupted(), new RoomEvent.Resumed() }));
        }
    }

    [Test]
    public async Task A_leave_in_an_interruption_is_told_after_it_behind_all_that_was_sent()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();
        await Host.InterruptAsync(second.Signaler);
        await second.SendAsync("goodbye");

        Task leaving = second.LeaveAsync();
        await Host.ResumeAsync(second.Signaler);

        await leaving;
        Assert.That(await first.NextTextAsync(), Is.EqualTo("goodbye"));
        Assert.That((await first.NextAsync<RoomEvent.Left>()).Reason, Is.EqualTo(PeerLeftReason.Left));
    }

    [Test]
    public async Task A_leave_whose_wait_is_cancelled_goes_on()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();
        await Host.InterruptAsync(second.Signaler);
        using CancellationTokenSource cancellation = new();

        Task leaving = second.Connection.LeaveAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        Assert.That(async () => await leaving, Throws.InstanceOf<OperationCanceledException>());
        AssertLost(() => second.SendAsync("too late"));
        await Host.ResumeAsync(second.Signaler);
        Assert.That((await first.NextAsync<RoomEvent.Left>()).Reason, Is.EqualTo(PeerLeftReason.Left));
    }

    [Test]
    public async Task A_dispose_in_an_interruption_ends_all_that_waits()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();
        await Host.InterruptAsync(second.Signaler);
        await second.NextAsync<RoomEvent.Interrupted>();
        await second.SendAsync("never arrives");
        Task<List<RoomEvent>> rest = second.RestAsync();
        Task leaving = second.LeaveAsync();

        await second.DisposeAsync();

        await leaving;
        Assert.That(await rest, Is.Empty);
        Assert.That((await first.NextAsync<RoomEvent.Left>()).Reason, Is.EqualTo(PeerLeftReason.Vanished));
    }

    [Test]
    public async Task A_cut_in_an_interruption_ends_the_events_with_an_error_and_no_word_of_repair()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();
        await Host.InterruptAsync(second.Signaler);
        await second.NextAsync<RoomEvent.Interrupted>();
        await first.SendAsync("never arrives");

        await Host.CutAsync(second.Signaler);

        AssertLost(() => second.NextAsync());
        Assert.That((await first.NextAsync<RoomEvent.Left>()).Reason, Is.EqualTo(PeerLeftReason.Vanished));
    }

    private static async Task<List<RoomEvent>> UntilMessagesAsync(RoomGuest guest, int count)
    {
        List<RoomEvent> events = [];
        while (count > 0)
        {
            RoomEvent next = await guest.NextAsync();
            events.Add(next);
            count -= next is RoomEvent.Message ? 1 : 0;
        }

        return events;
    }
}
