using RoomCall.Signaling;

namespace RoomCall.Conformance;

/// <summary>Going: defects D4 and D11, points 1, 3 and 6 of <see cref="IRoomConnection"/>.</summary>
public abstract class SignalerLeavingConformance : SignalerConformance
{
    [Test]
    public async Task One_who_leaves_is_told_to_the_other_as_left()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();

        await second.LeaveAsync();

        Assert.That(await first.NextAsync(), Is.EqualTo(new RoomEvent.Left(second.Self, PeerLeftReason.Left, first.Self)));
    }

    [Test]
    public async Task When_the_initiator_leaves_the_one_who_stays_has_its_role()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();

        await first.LeaveAsync();

        Assert.That(await second.NextAsync(), Is.EqualTo(new RoomEvent.Left(first.Self, PeerLeftReason.Left, second.Self)));
    }

    [Test]
    public async Task One_who_is_disposed_without_a_leave_is_told_to_the_other_as_vanished()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();

        await second.DisposeAsync();

        Assert.That(await first.NextAsync(), Is.EqualTo(new RoomEvent.Left(second.Self, PeerLeftReason.Vanished, first.Self)));
    }

    [Test]
    public async Task Leaving_twice_and_disposing_twice_is_told_once()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();

        await second.LeaveAsync();
        await second.LeaveAsync();
        await second.DisposeAsync();
        await second.DisposeAsync();
        await second.LeaveAsync();
        RoomGuest third = await EnterAsync();

        Assert.That((await first.NextAsync<RoomEvent.Left>()).Reason, Is.EqualTo(PeerLeftReason.Left));
        Assert.That((await first.NextAsync<RoomEvent.Join>()).Peer, Is.EqualTo(third.Self));
    }

    [Test]
    public async Task All_that_was_sent_before_a_leave_arrives_before_it_is_told()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();

        Task<List<string>> received = first.NextTextsAsync(300);
        await SendNumbersAsync(second, 300);
        await second.LeaveAsync();

        Assert.That(await received, Is.EqualTo(Numbers(300)));
        Assert.That((await first.NextAsync<RoomEvent.Left>()).Reason, Is.EqualTo(PeerLeftReason.Left));
    }

    [Test]
    public async Task Sending_after_a_leave_fails_and_is_not_lost_in_silence()
    {
        RoomGuest guest = await EnterAsync();
        await guest.LeaveAsync();

        AssertLost(() => guest.SendAsync("too late"));
    }

    [Test]
    public async Task Sending_after_a_dispose_fails_and_is_not_lost_in_silence()
    {
        RoomGuest guest = await EnterAsync();
        await guest.DisposeAsync();

        AssertLost(() => guest.SendAsync("too late"));
    }

    [Test]
    public async Task A_leave_that_was_cancelled_before_leaves_the_stay_as_it_is()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();

        Assert.That(
            async () => await second.Connection.LeaveAsync(new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());

        await second.SendAsync("still here");
        Assert.That(await first.NextTextAsync(), Is.EqualTo("still here"));
    }

    [Test]
    public async Task No_message_of_a_peer_comes_after_it_was_told_gone()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();
        for (int i = 0; i < Host.Rounds / 10; i++)
        {
            RoomGuest leaver = second;
            Task sending = Task.Run(async () =>
            {
                try
                {
                    await SendNumbersAsync(leaver, 500);
                }
                catch (RoomCallException exception) when (exception.Code == RoomCallErrorCode.SignalingLost)
                {
                }
            });
            for (int n = 0; n <= i % 3; n++)
            {
                await first.NextAsync<RoomEvent.Message>();
            }

            // Both ways of going, while it sends.
            Task going = i % 2 == 0 ? leaver.LeaveAsync() : leaver.DisposeAsync().AsTask();
            RoomEvent next = await first.NextAsync();
            for (; next is RoomEvent.Message message; next = await first.NextAsync())
            {
                Assert.That(message.From, Is.EqualTo(leaver.Self));
            }

            Assert.That(next, Is.TypeOf<RoomEvent.Left>().With.Property(nameof(RoomEvent.Left.Peer)).EqualTo(leaver.Self));
            await going;
            await sending;

            second = await EnterAsync();
            Assert.That((await first.NextAsync<RoomEvent.Join>()).Peer, Is.EqualTo(second.Self));
        }
    }

    [Test]
    public async Task Coming_and_going_at_once_leaves_every_room_empty()
    {
        // Two clients that come and go in one room as fast as they can, in each way there is.
        async Task ComeAndGo(int offset)
        {
            IRoomSignaler client = Host.CreateSignaler();
            for (int i = 0; i < Host.Rounds; i++)
            {
                await using IRoomConnection connection = await client.ConnectAsync("room", CancellationToken.None);
                if ((i + offset) % 3 == 0)
                {
                    await connection.LeaveAsync(CancellationToken.None);
                }
                else if ((i + offset) % 3 == 1)
                {
                    await Task.WhenAll(connection.LeaveAsync(CancellationToken.None).AsTask(), Task.Run(() => connection.DisposeAsync().AsTask()));
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(() => ComeAndGo(i))));

        // A server may learn of the last end a moment later: then it says so.
        RoomGuest last = await EnterAsync();
        long start = TimeProvider.System.GetTimestamp();
        while (last.Answer is RoomEvent.Full)
        {
            Assert.That(TimeProvider.System.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(30)), "a place is never given back");
            await last.DisposeAsync();
            last = await EnterAsync();
        }

        int others = last.Answer is RoomEvent.Joined joined ? joined.Peers.Count : 0;
        for (int i = 0; i < others; i++)
        {
            await last.NextAsync<RoomEvent.Left>();
        }
    }

    [Test]
    public async Task A_dispose_at_any_moment_harms_nobody()
    {
        for (int i = 0; i < Host.Rounds / 10; i++)
        {
            (RoomGuest first, RoomGuest second) = await MeetAsync($"room {i}");
            Task<List<RoomEvent>> reading = second.RestAsync();
            Task sending = Task.Run(async () =>
            {
                try
                {
                    await SendNumbersAsync(second, 500);
                }
                catch (RoomCallException exception) when (exception.Code == RoomCallErrorCode.SignalingLost)
                {
                }
            });
            await first.SendAsync("one");

            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => second.DisposeAsync().AsTask())));

            await sending;
            Assert.That(await reading, Is.All.TypeOf<RoomEvent.Message>());
            List<RoomEvent> seen = [];
            do
            {
                seen.Add(await first.NextAsync());
            }
            while (seen[^1] is RoomEvent.Message);
            Assert.That((seen[^1] as RoomEvent.Left)?.Reason, Is.EqualTo(PeerLeftReason.Vanished));
            await first.LeaveAsync();
        }
    }
}
