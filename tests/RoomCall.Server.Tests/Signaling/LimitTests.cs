using RoomCall.Signaling.Protocol;

namespace RoomCall.Server.Tests.Signaling;

/// <summary>What a client may send, how much and when.</summary>
public sealed class LimitTests : SignalingTests
{
    [Test]
    public void One_who_asks_for_no_room_in_time_is_let_go()
    {
        TestClient client = Bench.Connect();

        Bench.Time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        Assert.That(client.News(), Is.Empty);
        Bench.Time.Advance(TimeSpan.FromTicks(1));

        Assert.That((client.News(), client.Link.ClosedWith), Is.EqualTo((new[] { "end timed-out" }, EndCode.TimedOut)));
        Assert.That(Bench.Server.ConnectionCount, Is.Zero);
    }

    [Test]
    public void Pings_and_nonsense_do_not_put_it_off()
    {
        TestClient client = Bench.Connect();

        for (int second = 0; second < 10; second++)
        {
            client.Send(second % 2 == 0 ? """{"type":"ping"}""" : "nonsense");
            Bench.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(client.End, Is.EqualTo("timed-out"));
    }

    [Test]
    public void One_who_reads_nothing_of_it_is_cut()
    {
        TestClient client = Bench.Connect();
        client.Link.Hold();

        Bench.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(client.IsClosed, Is.False);
        Bench.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.That((client.IsClosed, client.News()), Is.EqualTo((true, Array.Empty<string>())));
    }

    [Test]
    public void One_who_is_in_a_room_may_be_silent()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();

        Bench.Time.Advance(TimeSpan.FromHours(1));

        Assert.That((alice.News(), bob.News()), Is.EqualTo((Array.Empty<string>(), Array.Empty<string>())));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_flood_of_frames_ends_the_connection_before_a_stay_and_in_one(bool isInRoom)
    {
        SignalingBench bench = Make(options => (options.MaxFramesPerSecond, options.FrameBurst) = (10, 20));
        (TestClient alice, TestClient bob) = bench.Meet();
        TestClient flood = isInRoom ? bob : bench.Connect();
        int before = isInRoom ? 1 : 0;

        for (int i = 0; i < 20 - before; i++)
        {
            flood.Send("""{"type":"pong"}""");
        }

        Assert.That(flood.News(), Is.Empty);
        bench.Time.Advance(TimeSpan.FromSeconds(0.1));
        flood.Send("""{"type":"pong"}""");
        Assert.That(flood.News(), Is.Empty);
        flood.Send("""{"type":"pong"}""");

        Assert.That((flood.News(), flood.Link.ClosedWith), Is.EqualTo((new[] { "end too-many-messages" }, EndCode.TooManyMessages)));
        Assert.That(alice.News(), Is.EqualTo(isInRoom ? new[] { "left vanished" } : []));
    }

    [Test]
    public void More_messages_in_a_second_than_the_room_takes_are_refused_one_by_one_and_counted()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();

        for (int number = 1; number <= 202; number++)
        {
            bob.Message(number);
        }

        Assert.That(alice.News(), Is.EqualTo(Messages(1, 200)));
        Assert.That(bob.News().Where(news => !news.StartsWith("ack", StringComparison.Ordinal)), Is.EqualTo(new[] { "error too-many-messages", "error too-many-messages" }));
        bob.Vanish();
        Assert.That(Bench.ComeBack(bob).News(), Is.EqualTo(new[] { "resumed 202" }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void The_eleventh_malformed_frame_ends_the_connection(bool isInRoom)
    {
        TestClient client = Bench.Connect();
        if (isInRoom)
            client.Join();
        client.News();

        for (int i = 0; i < 5; i++)
        {
            client.Send("[1]");
            _ = client.Connection.RefuseBinaryAsync().AsTask();
        }

        Assert.That(client.News(), Is.EqualTo(Enumerable.Repeat("error malformed", 10)));
        client.Send("""{"type":"message","type":"message","payload":1}""");

        Assert.That((client.News(), client.Link.ClosedWith), Is.EqualTo((new[] { "end malformed" }, EndCode.Malformed)));
        Assert.That(Bench.Broker.MemberCount, Is.Zero);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_frame_that_is_too_large_is_told_of_and_ends_the_connection(bool isInRoom)
    {
        TestClient client = Bench.Connect();
        if (isInRoom)
            client.Join();
        client.News();

        _ = client.Connection.RefuseTooLargeAsync(1024).AsTask();
        _ = client.Connection.RefuseTooLargeAsync(1024).AsTask();

        Assert.That((client.News(), client.Link.ClosedWith), Is.EqualTo((new[] { "error message-too-large", "end too-large" }, EndCode.TooLarge)));
        Assert.That(Bench.Broker.MemberCount, Is.Zero);
    }

    [Test]
    public void A_frame_in_too_many_pieces_ends_the_connection()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();

        _ = bob.Connection.RefusePiecesAsync().AsTask();

        Assert.That((bob.News(), alice.News()), Is.EqualTo((new[] { "end too-many-messages" }, new[] { "left vanished" })));
    }

    [TestCase("""{"type":"message","payload":1}""")]
    [TestCase("""{"type":"park","generation":1,"payload":1}""")]
    [TestCase("""{"type":"ack","received":0}""")]
    [TestCase("""{"type":"bye"}""")]
    public void What_needs_a_stay_is_refused_before_there_is_one_and_a_room_may_still_be_asked_for(string frame)
    {
        TestClient client = Bench.Connect();

        client.Send(frame);
        client.Join();

        Assert.That(client.News(), Is.EqualTo(new[] { "error not-in-room", "created" }));
    }

    [Test]
    public void A_connection_has_one_stay()
    {
        TestClient client = Bench.Connect().Join();

        client.Send("""{"type":"create or join","room":"elsewhere"}""");
        client.Send($$"""{"type":"resume","room":"lobby","self":"{{client.Self}}","token":"x","received":0}""");

        Assert.That(client.News(), Is.EqualTo(new[] { "created", "error already-joined", "error already-joined" }));
        Assert.That(Bench.Broker.RoomCount, Is.EqualTo(1));
    }

    [TestCase("""{"type":"create or join","room":" "}""", "invalid-room-name")]
    [TestCase("""{"type":"create or join","room":"a\u0000b"}""", "invalid-room-name")]
    [TestCase("""{"type":"create or join","room":"lobby","name":"a\nb"}""", "invalid-name")]
    public void A_name_that_breaks_the_rules_is_refused(string frame, string code)
    {
        TestClient client = Bench.Connect();

        client.Send(frame);

        Assert.That((client.News(), client.Link.ClosedWith), Is.EqualTo((new[] { $"error {code}", "end refused" }, EndCode.Refused)));
    }

    [Test]
    public void One_who_finds_the_room_full_or_no_room_left_is_told_and_let_go()
    {
        SignalingBench bench = Make(rooms: new RoomBrokerOptions { MaxRooms = 1 });
        bench.Meet();

        Assert.That(bench.Connect().Join().News(), Is.EqualTo(new[] { "full", "end refused" }));
        Assert.That(bench.Connect().Join("elsewhere").News(), Is.EqualTo(new[] { "error too-many-rooms", "end refused" }));
    }

    [Test]
    public void Nothing_is_heard_from_a_connection_that_has_ended()
    {
        TestClient client = Bench.Connect().Join();
        client.News();
        client.Vanish();

        client.Send("""{"type":"create or join","room":"lobby"}""");

        Assert.That((client.News(), Bench.Broker.MemberCount), Is.EqualTo((Array.Empty<string>(), 0)));
    }
}
