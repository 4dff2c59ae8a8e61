using RoomCall.Signaling;

namespace RoomCall.Conformance;

/// <summary>Reading the events of a connection: point 5 of <see cref="IRoomConnection"/> and its reader.</summary>
public abstract class SignalerReadingConformance : SignalerConformance
{
    [Test]
    public async Task A_reader_that_is_cancelled_stops_and_the_stay_goes_on()
    {
        RoomGuest first = await EnterAsync();
        using CancellationTokenSource reading = new();
        RoomGuest second = await EnterAsync(reading: reading.Token);
        await first.NextAsync<RoomEvent.Join>();

        Task<RoomEvent> next = second.NextAsync();
        await reading.CancelAsync();

        Assert.That(async () => await next, Throws.InstanceOf<OperationCanceledException>());
        await second.SendAsync("still here");
        Assert.That(await first.NextTextAsync(), Is.EqualTo("still here"));
    }

    [Test]
    public async Task A_second_reader_is_refused_and_the_first_misses_nothing()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();

        Assert.That(
            async () => await second.Connection.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator().MoveNextAsync()
                .AsTask().WaitAsync(TimeSpan.FromSeconds(30)),
            Throws.InvalidOperationException);

        await first.SendAsync("hello");
        Assert.That(await second.NextTextAsync(), Is.EqualTo("hello"));
    }

    [Test]
    public async Task What_came_before_the_reading_began_is_read()
    {
        for (int round = 1; ; round++)
        {
            // It is up before it is in the room, and is not read yet: where the other has overtaken it, once more.
            await using IRoomConnection connection = await Host.CreateSignaler().ConnectAsync($"room {round}", CancellationToken.None).Soon();
            RoomGuest other = await EnterAsync($"room {round}");
            if (other.Answer is RoomEvent.Joined)
            {
                await other.SendAsync("early");
                await other.LeaveAsync();
                Assert.That(
                    await KindsUntilLeftAsync(connection).Soon(),
                    Is.EqualTo(new[] { typeof(RoomEvent.Created), typeof(RoomEvent.Join), typeof(RoomEvent.Message), typeof(RoomEvent.Left) }));
                return;
            }

            await other.LeaveAsync();
        }
    }

    [Test]
    public async Task The_events_end_normally_after_a_leave()
    {
        RoomGuest guest = await EnterAsync();
        Task<List<RoomEvent>> rest = guest.RestAsync();

        await guest.LeaveAsync();

        Assert.That(await rest, Is.Empty);
    }

    [Test]
    public async Task The_events_end_normally_after_a_dispose()
    {
        RoomGuest guest = await EnterAsync();
        Task<List<RoomEvent>> rest = guest.RestAsync();

        await guest.DisposeAsync();

        Assert.That(await rest, Is.Empty);
    }

    private static async Task<List<Type>> KindsUntilLeftAsync(IRoomConnection connection)
    {
        List<Type> kinds = [];
        await foreach (RoomEvent roomEvent in connection.ReadAllAsync(CancellationToken.None))
        {
            if (roomEvent is not RoomEvent.Log)
            {
                kinds.Add(roomEvent.GetType());
            }

            if (roomEvent is RoomEvent.Left)
            {
                break;
            }
        }

        return kinds;
    }
}
