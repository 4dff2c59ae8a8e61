using RoomCall.Signaling.Protocol;

namespace RoomCall.Server.Tests.Signaling;

/// <summary>Clients that ask with the request for their connection, and may be gone before they know that they are in the room.</summary>
public sealed class AheadTests : SignalingTests
{
    private readonly string _secret = SignalingProtocol.NewSecret();

    [TestCase(15, 3)]
    [TestCase(2, 2)]
    public void The_seat_of_one_of_whom_no_word_has_come_is_kept_for_three_seconds_at_most(int resumeSeconds, int seconds)
    {
        SignalingBench bench = Make(options => options.ResumeTime = TimeSpan.FromSeconds(resumeSeconds));
        TestClient alice = bench.Connect().Join();
        bench.Connect().JoinAhead(_secret).Vanish();

        bench.Time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.That(alice.News(), Is.EqualTo(new[] { "created", "join", "away" }));
        bench.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(alice.News(), Is.EqualTo(new[] { "left vanished" }));
    }

    [Test]
    public void One_who_comes_back_meanwhile_has_lost_nothing()
    {
        TestClient alice = Bench.Connect().Join();
        TestClient bob = Bench.Connect().JoinAhead(_secret);
        alice.Message(1);
        bob.Vanish();
        alice.Message(2);

        Assert.That(Bench.Connect().JoinAhead(_secret).News(), Is.EqualTo(new[] { "joined", "message 1", "message 2" }));
    }

    [TestCase("""{"type":"message","payload":1}""")]
    [TestCase("""{"type":"ack","received":1}""")]
    [TestCase("""{"type":"ping"}""")]
    public void After_any_word_the_seat_is_kept_as_ever(string word)
    {
        Bench.Connect().Join();
        TestClient bob = Bench.Connect().JoinAhead(_secret);

        bob.Send(word);
        bob.Vanish();
        Bench.Time.Advance(TimeSpan.FromSeconds(14));

        Assert.That(Bench.ComeBack(bob).News()[0], Does.StartWith("resumed"));
    }

    [Test]
    public void One_who_comes_again_while_the_first_connection_counts_as_up_has_its_seat()
    {
        TestClient alice = Bench.Connect().Join();
        TestClient first = Bench.Connect().JoinAhead(_secret);

        TestClient second = Bench.Connect().JoinAhead(_secret);

        Assert.That(second.News(), Is.EqualTo(new[] { "joined" }));
        Assert.That(first.News(), Is.EqualTo(new[] { "joined", "end replaced" }));
        Assert.That(alice.News(), Is.EqualTo(new[] { "created", "join" }));
    }

    [Test]
    public void One_who_asks_again_on_a_connection_that_is_up_keeps_the_seat_as_ever()
    {
        TestClient alice = Bench.Connect().Join();
        Bench.Connect().JoinAhead(_secret).Vanish();

        Bench.Connect().Join(secret: _secret).Vanish();
        Bench.Time.Advance(TimeSpan.FromSeconds(14));

        Assert.That(alice.News(), Is.EqualTo(new[] { "created", "join", "away", "back", "away" }));
    }

    [Test]
    public async Task One_who_asked_ahead_for_nothing_and_then_on_the_connection_keeps_the_seat_as_ever()
    {
        TestClient alice = Bench.Connect().Join();
        TestClient bob = Bench.Connect();
        await bob.Connection.ReceiveAheadAsync("nonsense"u8.ToArray());
        bob.Join(secret: _secret).Vanish();

        Bench.Time.Advance(TimeSpan.FromSeconds(14));

        Assert.That(alice.News(), Is.EqualTo(new[] { "created", "join", "away" }));
    }

    [Test]
    public void A_request_that_comes_late_takes_no_seat_from_a_client_that_was_heard()
    {
        Bench.Connect().Join();
        TestClient bob = Bench.Connect().JoinAhead(_secret);
        TestClient again = Bench.Connect().Resume(bob.Self, bob.Token, bob.Counted);
        again.Ack(bob.Counted);
        again.News();

        TestClient late = Bench.Connect().Resume(bob.Self, bob.Token, bob.Counted);

        Assert.That(late.News(), Is.EqualTo(new[] { "error unknown-stay", "end refused" }));
        Assert.That(again.News(), Is.Empty);
    }

    [Test]
    public void One_who_has_resumed_keeps_the_seat_as_ever_though_no_word_has_come_since()
    {
        TestClient alice = Bench.Connect().Join();
        TestClient bob = Bench.Connect().JoinAhead(_secret);
        TestClient again = Bench.Connect().Resume(bob.Self, bob.Token, bob.Counted);

        again.Vanish();
        Bench.Time.Advance(TimeSpan.FromSeconds(14));

        Assert.That(alice.News(), Is.EqualTo(new[] { "created", "join", "away" }));
    }
}
