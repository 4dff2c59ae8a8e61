using RoomCall.Signaling.Protocol;

namespace RoomCall.Server.Tests.Signaling;

/// <summary>How long a seat is kept, and what the others hear of it.</summary>
public sealed class GraceTests : SignalingTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    [Test]
    public void One_who_does_not_come_back_in_time_has_vanished()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Vanish();
        Assert.That(alice.News(), Is.EqualTo(new[] { "away" }));

        Bench.Time.Advance(Grace - TimeSpan.FromMilliseconds(1));
        Assert.That(alice.News(), Is.Empty);
        Bench.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(alice.News(), Is.EqualTo(new[] { "left vanished" }));
        Assert.That(Bench.ComeBack(bob).News(), Is.EqualTo(new[] { "error unknown-stay", "end refused" }));
        Assert.That(Bench.Broker.MemberCount, Is.EqualTo(1));
    }

    [Test]
    public void One_who_has_come_back_has_the_whole_time_again()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Vanish();
        Bench.Time.Advance(Grace * 0.9);
        TestClient again = Bench.ComeBack(bob);
        Bench.Time.Advance(Grace * 2);
        Assert.That(alice.News(), Is.EqualTo(new[] { "away", "back" }));

        again.Vanish();
        Bench.Time.Advance(Grace * 0.9);

        Assert.That(alice.News(), Is.EqualTo(new[] { "away" }));
        Assert.That(Bench.Connect().Resume(bob.Self, again.Token, bob.Counted + again.Counted).News(), Is.EqualTo(new[] { "resumed 0" }));
    }

    [Test]
    public void A_client_that_closes_by_itself_does_not_come_back()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();

        bob.Close(byClient: true);

        Assert.That(alice.News(), Is.EqualTo(new[] { "left vanished" }));
    }

    [Test]
    public void One_who_says_bye_has_left_and_hears_what_was_said_before()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Link.Hold();
        alice.Message(1);
        alice.Message(2);

        bob.Message(7);
        bob.Send("""{"type":"bye"}""");
        bob.Link.Release();

        Assert.That(bob.News(), Is.EqualTo(new[] { "message 1", "message 2", "end left" }));
        Assert.That(bob.Link.ClosedWith, Is.EqualTo(EndCode.Left));
        Assert.That(alice.News(), Is.EqualTo(new[] { "message 7", "left left" }));
    }

    [Test]
    public void One_who_comes_while_another_is_away_is_told()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        alice.Send("""{"type":"bye"}""");
        bob.Vanish();

        TestClient carol = Bench.Connect().Join();

        Assert.That(carol.News(), Is.EqualTo(new[] { "joined", "away" }));
        Bench.ComeBack(bob);
        Assert.That(carol.News(), Is.EqualTo(new[] { "back" }));
    }

    [Test]
    public void What_is_parked_waits_for_the_next_though_its_owner_is_away()
    {
        TestClient bob = Bench.Connect().Join(secret: SignalingProtocol.NewSecret());
        bob.Send("""{"type":"park","generation":1,"payload":"offer"}""");
        bob.Vanish();

        TestClient carol = Bench.Connect().Join();

        Assert.That(carol.News(), Is.EqualTo(new[] { "joined", "message \"offer\"", "away" }));
        TestClient again = Bench.ComeBack(bob);
        Assert.That(again.News(), Is.EqualTo(new[] { "resumed 1", "join" }));
    }

    [Test]
    public void More_than_the_bound_for_one_who_is_away_ends_its_stay_as_too_slow()
    {
        SignalingBench bench = Make(options => options.MaxQueuedFrames = 64);
        (TestClient alice, TestClient bob) = bench.Meet();
        bob.Vanish();

        for (int number = 1; number <= 64; number++)
        {
            alice.Message(number);
        }

        Assert.That(alice.News(), Is.EqualTo(new[] { "away", "left too-slow" }));
        Assert.That(bench.ComeBack(bob).News(), Is.EqualTo(new[] { "error unknown-stay", "end refused" }));
        bench.Time.Advance(Grace * 2);
        Assert.That(alice.News(), Is.Empty);
    }
}
