using RoomCall.PeerConnections;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Server.Tests.Signaling;

/// <summary>The hook that decides who may enter.</summary>
public sealed class AdmissionTests : SignalingTests
{
    private readonly string _secret = SignalingProtocol.NewSecret();

    [Test]
    public void It_is_given_the_room_and_the_wish_and_decides_on_the_name_and_the_servers()
    {
        (string, string?) asked = default;
        TestClient bob = Bench.Connect(new SignalingClient
        {
            AdmitAsync = (room, name) =>
            {
                asked = (room, name);
                return new(RoomAdmission.Allow("Robert", [new IceServer(["turn:turn.example.org"])]));
            },
        });

        bob.Send("""{"type":"create or join","room":"lobby","name":"Bob"}""");
        TestClient alice = Bench.Connect().Join();

        Assert.That(asked, Is.EqualTo(("lobby", "Bob")));
        Assert.That(bob.Link.Frames[0], Does.Contain("turn:turn.example.org"));
        Assert.That(alice.Link.Frames[0], Does.Contain("Robert").And.Not.Contain("turn"));
    }

    [Test]
    public void One_who_may_not_is_told_and_let_go()
    {
        TestClient client = Bench.Connect(new SignalingClient { AdmitAsync = (_, _) => new(RoomAdmission.Deny("Ask Alice.")) }).Join();

        Assert.That(client.News(), Is.EqualTo(new[] { "error not-allowed", "end refused" }));
        Assert.That(client.Link.Frames[0], Does.Contain("Ask Alice."));
        Assert.That(Bench.Broker.RoomCount, Is.Zero);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_hook_that_throws_or_returns_nothing_lets_nobody_in_and_is_logged(bool throws)
    {
        SignalingBench bench = new();
        TestClient client = bench.Connect(new SignalingClient
        {
            AdmitAsync = (_, _) => throws ? throw new TimeoutException("No database.") : new ValueTask<RoomAdmission>((RoomAdmission)null!),
        }).Join();

        Assert.That(client.News(), Is.EqualTo(new[] { "error not-allowed", "end refused" }));
        Assert.That(client.Link.Frames[0], Does.Not.Contain("database"));
        Assert.That(bench.Errors, Has.Count.EqualTo(1).And.All.Contains("hook"));
    }

    [Test]
    public void A_room_in_which_a_fault_of_the_server_keeps_one_out_is_told_as_such()
    {
        SignalingBench bench = new(rooms: new RoomBrokerOptions { PeerIdFactory = () => "" });

        TestClient client = bench.Connect().Join();

        Assert.That((client.News(), client.Link.ClosedWith), Is.EqualTo((new[] { "end failed" }, EndCode.Failed)));
        Assert.That(bench.Errors, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Frames_wait_while_it_decides()
    {
        TaskCompletionSource<RoomAdmission> decision = new();
        TestClient client = Bench.Connect(Slow(decision));

        Task asking = client.SendAsync("""{"type":"create or join","room":"lobby"}""");
        Assert.That((asking.IsCompleted, client.News()), Is.EqualTo((false, Array.Empty<string>())));
        decision.SetResult(RoomAdmission.Allow(null));
        await asking;

        Assert.That(client.News(), Is.EqualTo(new[] { "created" }));
    }

    [Test]
    public async Task One_whose_connection_dies_while_it_decides_is_never_in_the_room()
    {
        TaskCompletionSource<RoomAdmission> decision = new();
        TestClient client = Bench.Connect(Slow(decision));
        Task asking = client.SendAsync($$"""{"type":"create or join","room":"lobby","secret":"{{_secret}}"}""");

        client.Vanish();
        decision.SetResult(RoomAdmission.Allow(null));
        await asking;

        Assert.That((client.News(), Bench.Broker.MemberCount, Bench.Server.ConnectionCount), Is.EqualTo((Array.Empty<string>(), 0, 0)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_hook_that_takes_longer_than_a_client_may_decides_nothing_any_more(bool isAllowed)
    {
        TaskCompletionSource<RoomAdmission> decision = new();
        TestClient client = Bench.Connect(Slow(decision));
        client.Link.OnClose = null;
        Task asking = client.SendAsync("""{"type":"create or join","room":"lobby"}""");

        Bench.Time.Advance(TimeSpan.FromSeconds(10));
        decision.SetResult(isAllowed ? RoomAdmission.Allow(null) : RoomAdmission.Deny());
        await asking;

        Assert.That((client.News(), client.Link.ClosedWith), Is.EqualTo((new[] { "end timed-out" }, EndCode.TimedOut)));
        Assert.That(Bench.Broker.MemberCount, Is.Zero);
    }

    [Test]
    public async Task Of_two_that_come_with_one_secret_while_it_decides_one_has_the_seat_in_the_end()
    {
        TaskCompletionSource<RoomAdmission> decisionOnFirst = new();
        TaskCompletionSource<RoomAdmission> decisionOnSecond = new();
        TestClient first = Bench.Connect(Slow(decisionOnFirst));
        TestClient second = Bench.Connect(Slow(decisionOnSecond));
        string frame = $$"""{"type":"create or join","room":"lobby","secret":"{{_secret}}"}""";
        Task[] asking = [first.SendAsync(frame), second.SendAsync(frame)];

        decisionOnSecond.SetResult(RoomAdmission.Allow(null));
        await asking[1];
        decisionOnFirst.SetResult(RoomAdmission.Allow(null));
        await asking[0];

        Assert.That((first.News(), second.News()), Is.EqualTo((new[] { "created" }, new[] { "created", "end replaced" })));
        Assert.That(Bench.Broker.MemberCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Of_two_about_whom_it_decides_at_the_same_instant_one_has_the_seat_and_the_other_is_replaced()
    {
        for (int round = 0; round < 500; round++)
        {
            // Its waiters go on beside each other, on threads of the pool.
            TaskCompletionSource<RoomAdmission> decision = new(TaskCreationOptions.RunContinuationsAsynchronously);
            TestClient[] clients = [Bench.Connect(Slow(decision)), Bench.Connect(Slow(decision))];
            string frame = $$"""{"type":"create or join","room":"room {{round}}","secret":"{{_secret}}"}""";
            Task[] asking = [.. clients.Select(client => client.SendAsync(frame))];

            decision.SetResult(RoomAdmission.Allow(null));
            await Task.WhenAll(asking);

            // The one that is replaced is told so, or cut where it was just being told that it is in.
            Assert.That(clients.Select(client => client.IsClosed), Is.EquivalentTo(new[] { true, false }), $"round {round}");
            Assert.That(clients.Single(client => !client.IsClosed).News(), Is.EqualTo(new[] { "created" }), $"round {round}");
            Assert.That(clients.Single(client => client.IsClosed).End, Is.Null.Or.EqualTo("replaced"), $"round {round}");
            Assert.That(Bench.Broker.MemberCount, Is.EqualTo(round + 1));
        }
    }

    [Test]
    public async Task One_who_was_decided_about_while_the_server_stopped_is_told_to_come_back_and_not_what_was_parked()
    {
        TaskCompletionSource<RoomAdmission> decision = new();
        TestClient waiting = Bench.Connect().Join();
        waiting.Send("""{"type":"park","generation":1,"payload":"an offer"}""");
        TestClient client = Bench.Connect(Slow(decision));
        Task asking = client.SendAsync($$"""{"type":"create or join","room":"lobby","secret":"{{_secret}}"}""");

        Task stopping = Bench.Server.StopAsync();
        decision.SetResult(RoomAdmission.Allow(null));
        await asking;
        await stopping;

        Assert.That(client.News(), Is.EqualTo(new[] { "end restarting" }));
    }

    private static SignalingClient Slow(TaskCompletionSource<RoomAdmission> decision) => new() { AdmitAsync = (_, _) => new(decision.Task) };
}
