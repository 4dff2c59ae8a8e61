namespace RoomCall.Server.Tests.Signaling;

/// <summary>Transports that throw, and that end at the worst moment.</summary>
public sealed class FaultyLinkTests : SignalingTests
{
    [Test]
    public void A_link_that_throws_is_cut_and_the_seat_is_kept()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Link.Throws = new IOException("broken");

        alice.Message(1);

        Assert.That((bob.Link.Aborts, alice.News()), Is.EqualTo((1, new[] { "away" })));
        Assert.That(Bench.ComeBack(bob).News(), Is.EqualTo(new[] { "resumed 0", "message 1" }));
    }

    [Test]
    public void A_link_that_throws_even_when_it_is_cut_does_not_stop_the_stay()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Link.Throws = new IOException("broken");
        bob.Link.ThrowsOnAbort = new ObjectDisposedException("link");

        alice.Message(1);
        TestClient again = Bench.ComeBack(bob);
        alice.Message(2);

        Assert.That(again.News(), Is.EqualTo(new[] { "resumed 0", "message 1", "message 2" }));
    }

    [Test]
    public void A_timer_that_cuts_a_link_throws_nothing()
    {
        TestClient client = Bench.Connect();
        client.Link.Hold();
        client.Link.ThrowsOnAbort = new ObjectDisposedException("link");

        Bench.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(() => Bench.Time.Advance(TimeSpan.FromSeconds(5)), Throws.Nothing);
        Assert.That(client.IsClosed, Is.True);
    }

    [Test]
    public void A_link_that_has_ended_is_not_touched_any_more()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Link.OnAbort = null;
        bob.Link.Hold();
        alice.Message(1);

        bob.Close(byClient: false);
        bob.Link.Throws = new ObjectDisposedException("link");
        bob.Link.Release();
        Bench.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.That(bob.Link.Aborts, Is.Zero);
        Assert.That(alice.News(), Is.EqualTo(new[] { "away", "left vanished" }));
    }

    [Test]
    public void A_link_that_throws_before_a_stay_is_cut()
    {
        TestClient client = Bench.Connect();
        client.Link.Throws = new IOException("broken");

        client.Send("""{"type":"ping"}""");

        Assert.That((client.Link.Aborts, Bench.Server.ConnectionCount), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Before_a_stay_what_is_said_waits_for_what_was_said_and_so_does_the_client()
    {
        TestClient client = Bench.Connect();
        client.Link.Hold();

        Task first = client.SendAsync("""{"type":"ping"}""");
        Bench.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(first.IsCompleted, Is.False);
        client.Link.Release();
        await first;

        Assert.That(client.News(), Is.EqualTo(new[] { "pong", "end timed-out" }));
    }

    [Test]
    public void A_link_that_breaks_while_its_client_is_let_in_leaves_no_ghost()
    {
        TestClient client = Bench.Connect();
        client.Link.Throws = new IOException("broken");

        client.Send("""{"type":"create or join","room":"lobby"}""");

        Assert.That((Bench.Broker.MemberCount, Bench.Server.ConnectionCount), Is.EqualTo((0, 0)));
    }

    [Test]
    public void A_link_that_breaks_while_its_client_resumes_leaves_no_ghost()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Vanish();
        TestClient again = Bench.Connect();
        again.Link.Throws = new IOException("broken");

        again.Resume(bob.Self, bob.Token, 1);
        Bench.Time.Advance(TimeSpan.FromSeconds(15));

        Assert.That(alice.News(), Is.EqualTo(new[] { "away", "back", "away", "left vanished" }));
    }
}
