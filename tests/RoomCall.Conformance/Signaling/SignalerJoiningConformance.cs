using RoomCall.Signaling;

namespace RoomCall.Conformance;

/// <summary>Coming into a room: rows S1 to S4 and S7, defect D7.</summary>
public abstract class SignalerJoiningConformance : SignalerConformance
{
    [Test]
    public async Task The_first_to_ask_for_a_room_creates_it()
    {
        RoomGuest first = await EnterAsync("lobby");

        var created = first.Answer as RoomEvent.Created;
        Assert.That(created, Is.Not.Null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Room, Is.EqualTo("lobby"));
            Assert.That(created.Self, Is.Not.Empty);
        }
    }

    [Test]
    public async Task The_second_joins_and_both_are_told_of_each_other_and_of_one_initiator()
    {
        RoomGuest first = await EnterAsync("lobby");
        RoomGuest second = await EnterAsync("lobby");

        var joined = second.Answer as RoomEvent.Joined;
        Assert.That(joined, Is.Not.Null);
        RoomEvent.Join join = await first.NextAsync<RoomEvent.Join>();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(joined.Room, Is.EqualTo("lobby"));
            Assert.That(joined.Peers, Is.EqualTo(new[] { first.Self }));
            Assert.That(joined.Initiator, Is.EqualTo(first.Self));
            Assert.That(join, Is.EqualTo(new RoomEvent.Join(second.Self, first.Self)));
        }
    }

    [Test]
    public async Task A_full_room_refuses_the_third_peer_and_tells_the_others_nothing()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();

        RoomGuest third = await EnterAsync();
        Assert.That(third.Answer, Is.EqualTo(new RoomEvent.Full("room")));

        await third.LeaveAsync();
        Assert.That(await third.RestAsync(), Is.Empty);

        await first.SendAsync("from the first");
        await second.SendAsync("from the second");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await first.NextTextAsync(), Is.EqualTo("from the second"));
            Assert.That(await second.NextTextAsync(), Is.EqualTo("from the first"));
        }
    }

    [Test]
    public async Task One_who_was_refused_reaches_nobody()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();
        RoomGuest third = await EnterAsync();

        // It has no stay: the connection has ended by itself, or the server refuses the message.
        try
        {
            await third.SendAsync("let me in", first.Self);
            Assert.That((await third.NextAsync<RoomEvent.Error>()).Code, Is.EqualTo(RoomErrorCode.NotInRoom));
        }
        catch (RoomCallException exception)
        {
            Assert.That(exception.Code, Is.EqualTo(RoomCallErrorCode.SignalingLost));
        }

        await second.SendAsync("hello");
        Assert.That(await first.NextTextAsync(), Is.EqualTo("hello"));
    }

    [Test]
    public async Task A_name_that_no_room_can_have_is_refused_by_the_server()
    {
        RoomGuest guest = await EnterAsync("two\nlines");

        Assert.That(guest.Answer, Is.TypeOf<RoomEvent.Error>().With.Property(nameof(RoomEvent.Error.Code)).EqualTo(RoomErrorCode.InvalidRoomName));
    }

    [TestCase("Lobby")]
    [TestCase("lobby ")]
    [TestCase("лобби/с?пробелом=&#%20+ \"'<>\\")]
    [TestCase("🎈")]
    public async Task A_rooms_name_is_taken_as_it_is(string name)
    {
        await EnterAsync("lobby");

        RoomGuest guest = await EnterAsync(name);

        Assert.That((guest.Answer as RoomEvent.Created)?.Room, Is.EqualTo(name));
    }

    [Test]
    public async Task A_place_that_was_given_up_can_be_taken()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();
        await second.LeaveAsync();

        RoomGuest third = await EnterAsync();

        Assert.That((third.Answer as RoomEvent.Joined)?.Peers, Is.EqualTo(new[] { first.Self }));
    }

    [Test]
    public async Task A_room_that_all_have_left_is_created_anew()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();
        await first.LeaveAsync();
        await second.LeaveAsync();

        Assert.That((await EnterAsync()).Answer, Is.TypeOf<RoomEvent.Created>());
    }

    [Test]
    public async Task Each_stay_of_a_client_has_an_id_of_its_own()
    {
        IRoomSignaler client = Host.CreateSignaler();
        HashSet<string> ids = [];
        for (int i = 0; i < 10; i++)
        {
            RoomGuest guest = await EnterAsync("room", client);
            Assert.That(ids.Add(guest.Self), Is.True);
            await guest.LeaveAsync();
        }
    }

    [Test]
    public async Task One_signaler_may_be_in_many_rooms_at_once()
    {
        IRoomSignaler client = Host.CreateSignaler();
        RoomGuest here = await EnterAsync("here", client);
        RoomGuest there = await EnterAsync("there", client);
        RoomGuest peer = await EnterAsync("there");
        await there.NextAsync<RoomEvent.Join>();

        await here.LeaveAsync();
        await peer.SendAsync("hello");

        Assert.That(await there.NextTextAsync(), Is.EqualTo("hello"));
    }

    [Test]
    public void A_connection_attempt_that_was_cancelled_before_is_not_made()
    {
        Assert.That(
            async () => await Host.CreateSignaler().ConnectAsync("room", new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_connection_attempt_that_is_cancelled_leaves_nobody_in_the_room()
    {
        for (int i = 0; i < 100; i++)
        {
            string room = $"room {i}";
            using CancellationTokenSource cancellation = new();
            Task<IRoomConnection> attempt = Task.Run(() => Host.CreateSignaler().ConnectAsync(room, cancellation.Token).AsTask());
            await cancellation.CancelAsync();
            try
            {
                await (await attempt).DisposeAsync();
            }
            catch (OperationCanceledException)
            {
            }

            // A server may learn of the end a moment later: then it says so.
            RoomGuest next = await EnterAsync(room);
            if (next.Answer is RoomEvent.Joined)
            {
                await next.NextAsync<RoomEvent.Left>();
            }
        }
    }

    [Test]
    public void A_server_that_cannot_be_reached_is_said_to_be_unavailable()
    {
        Assert.That(
            async () => await Host.CreateUnreachableSignaler().ConnectAsync("room", CancellationToken.None),
            Throws.TypeOf<RoomCallException>().With.Property(nameof(RoomCallException.Code)).EqualTo(RoomCallErrorCode.SignalingUnavailable));
    }

    [Test]
    public async Task Of_those_who_come_at_once_one_creates_and_one_joins_and_the_others_find_it_full()
    {
        for (int i = 0; i < Host.Rounds / 10; i++)
        {
            RoomGuest[] guests = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => EnterAsync($"room {i}"))));

            string[] answers = [.. guests.Select(guest => guest.Answer.GetType().Name).Order(StringComparer.Ordinal)];
            Assert.That(answers, Is.EqualTo(new[] { "Created", "Full", "Full", "Joined" }));
            await Task.WhenAll(guests.Select(guest => guest.LeaveAsync()));
        }
    }

    [Test]
    public async Task A_hundred_rooms_at_once_each_keep_their_own_peers_and_messages()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(async () =>
        {
            (RoomGuest first, RoomGuest second) = await MeetAsync($"room {i}");
            await first.SendAsync($"first of {i}");
            await second.SendAsync($"second of {i}");
            Assert.That(await first.NextTextAsync(), Is.EqualTo($"second of {i}"));
            Assert.That(await second.NextTextAsync(), Is.EqualTo($"first of {i}"));
            await first.LeaveAsync();
            Assert.That((await second.NextAsync<RoomEvent.Left>()).Peer, Is.EqualTo(first.Self));
        })));
    }
}
