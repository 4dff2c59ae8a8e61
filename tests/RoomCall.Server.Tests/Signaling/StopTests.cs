using RoomCall.Server.Tests.Concurrency;
using RoomCall.Signaling;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Server.Tests.Signaling;

/// <summary>A server that stops.</summary>
public sealed class StopTests : SignalingTests
{
    [Test]
    public async Task What_waits_is_delivered_first_and_restarting_is_the_last_word()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Link.Hold();
        alice.Message(1);
        alice.Message(2);

        Task stopping = Bench.Server.StopAsync();
        Assert.That(stopping.IsCompleted, Is.False);
        bob.Link.Release();
        await stopping;

        Assert.That((bob.News(), bob.Link.ClosedWith), Is.EqualTo((new[] { "message 1", "message 2", "end restarting" }, EndCode.Restarting)));
        Assert.That(alice.News(), Is.EqualTo(new[] { "end restarting" }), "nobody is told that another has gone");
        Assert.That(Bench.Server.ConnectionCount, Is.Zero);
    }

    [Test]
    public async Task What_was_not_taken_is_not_counted_so_that_the_client_knows_that_it_has_it_still()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Message(1);
        bob.Link.Hold();
        alice.Message(5);
        Task stopping = Bench.Server.StopAsync();

        bob.Message(2);
        bob.Link.Release();
        await stopping;

        Assert.That(alice.News(), Is.EqualTo(new[] { "message 1", "end restarting" }));
    }

    [Test]
    public async Task Nobody_is_told_of_those_who_go_because_of_it()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        alice.Link.Hold();
        bob.Message(1);
        Task stopping = Bench.Server.StopAsync();

        // Bob has closed already, and Alice has not yet read what waits for her.
        Assert.That(bob.IsClosed, Is.True);
        alice.Link.Release();
        await stopping;

        Assert.That(alice.News(), Is.EqualTo(new[] { "message 1", "end restarting" }));
        Assert.That(Bench.Broker.MemberCount, Is.Zero);
    }

    [Test]
    public async Task One_who_sits_down_as_it_begins_is_told_nothing_of_a_room_that_it_was_not_told_of()
    {
        // The stop waits for a message that is being passed on, while the late one takes its seat: ids are asked for between its last look
        // whether the server stops, and its seat.
        using SemaphoreSlim passing = new(0);
        using SemaphoreSlim passed = new(0);
        TestMember slow = new()
        {
            OnPost = roomEvent =>
            {
                if (roomEvent is not RoomEvent.Message)
                    return;
                passing.Release();
                Assert.That(passed.Wait(AtOnce.SafetyNet), Is.True);
            },
        };
        int ids = 0;
        Action onNextId = () => { };
        SignalingBench bench = Make(rooms: new RoomBrokerOptions
        {
            PeerIdFactory = () =>
            {
                onNextId();
                return $"peer {ids++}";
            },
        });
        bench.Broker.CreateOrJoin("elsewhere", slow);
        TestClient sender = bench.Connect().Join("elsewhere");
        bench.Connect().Join().Send("""{"type":"park","generation":1,"payload":"an offer"}""");
        Task sending = Task.Run(() => sender.Message(1));
        Assert.That(await passing.WaitAsync(AtOnce.SafetyNet), Is.True);
        Task stopping = Task.CompletedTask;
        onNextId = () =>
        {
            stopping = Task.Run(() => bench.Server.StopAsync());
            Assert.That(SpinWait.SpinUntil(() => bench.Server.IsStopping, AtOnce.SafetyNet), Is.True);
        };

        TestClient late = bench.Connect();
        late.Send("""{"type":"create or join","room":"lobby"}""");
        passed.Release();
        await Task.WhenAll(sending, stopping).WaitAsync(AtOnce.SafetyNet);

        Assert.That(late.News(), Is.EqualTo(new[] { "end restarting" }));
    }

    [Test]
    public async Task One_who_reads_nothing_is_cut_when_the_time_to_close_is_over()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Link.Hold();
        alice.Message(1);
        Task stopping = Bench.Server.StopAsync();

        Bench.Time.Advance(TimeSpan.FromSeconds(5));
        await stopping;

        Assert.That(bob.IsClosed, Is.True);
    }

    [Test]
    public async Task Impatience_cuts_those_who_are_still_there()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Link.Hold();
        alice.Message(1);
        using CancellationTokenSource patience = new();
        Task stopping = Bench.Server.StopAsync(patience.Token);

        await patience.CancelAsync();
        await stopping;

        Assert.That((bob.IsClosed, Bench.Server.ConnectionCount), Is.EqualTo((true, 0)));
    }

    [Test]
    public async Task One_who_comes_or_comes_back_too_late_is_sent_away()
    {
        (_, TestClient bob) = Bench.Meet();
        TestClient waiting = Bench.Connect();
        bob.Vanish();
        await Bench.Server.StopAsync();

        TestClient late = Bench.Connect();

        Assert.That((waiting.News(), late.News()), Is.EqualTo((new[] { "end restarting" }, new[] { "end restarting" })));
        late.Send($$"""{"type":"resume","room":"lobby","self":"{{bob.Self}}","token":"{{bob.Token}}","received":1}""");
        Assert.That(late.News(), Is.Empty);
    }

    [Test]
    public async Task One_who_comes_while_it_stops_is_sent_away_and_not_waited_for()
    {
        TestClient alice = Bench.Connect().Join();
        alice.Link.OnClose = null;
        Task stopping = Bench.Server.StopAsync();
        TestLink late = new();
        Bench.Server.Connect(late);
        Assert.That((late.ClosedWith, stopping.IsCompleted), Is.EqualTo(((EndCode?)EndCode.Restarting, false)));

        alice.Close(byClient: true);
        await stopping.WaitAsync(AtOnce.SafetyNet);

        Assert.That(Bench.Server.ConnectionCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Stopping_a_server_without_clients_and_stopping_twice_are_nothing()
    {
        await Bench.Server.StopAsync();
        await Bench.Server.StopAsync();

        Assert.That(Bench.Server.IsStopping, Is.True);
    }

    [Test]
    public async Task Nobody_is_told_that_another_has_left_because_the_server_stops()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        alice.News();
        bob.News();

        await Bench.Server.StopAsync();

        Assert.That(alice.News(), Is.EqualTo(new[] { "end restarting" }));
        Assert.That(bob.News(), Is.EqualTo(new[] { "end restarting" }));
    }
}
