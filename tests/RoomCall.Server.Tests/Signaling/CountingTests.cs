namespace RoomCall.Server.Tests.Signaling;

/// <summary>Numbers without being written, and acknowledgements.</summary>
public sealed class CountingTests : SignalingTests
{
    [Test]
    public void The_server_acknowledges_after_thirty_two_counted_frames()
    {
        (_, TestClient bob) = Bench.Meet();

        for (int number = 1; number <= 31; number++)
        {
            bob.Message(number);
        }

        Assert.That(bob.News(), Is.Empty);
        bob.Send("""{"type":"park","generation":1,"payload":1}""");
        Assert.That(bob.News(), Is.EqualTo(new[] { "ack 32" }));
        for (int number = 33; number <= 64; number++)
        {
            bob.Message(number);
        }

        Assert.That(bob.News(), Is.EqualTo(new[] { "ack 64" }));
    }

    [Test]
    public void The_server_acknowledges_after_64_KiB()
    {
        (_, TestClient bob) = Bench.Meet();
        string half = $$"""{"type":"message","payload":"{{new string('x', 33_000)}}"}""";

        bob.Send(half);
        Assert.That(bob.News(), Is.Empty);
        bob.Send(half);

        Assert.That(bob.News(), Is.EqualTo(new[] { "ack 2" }));
    }

    [Test]
    public void A_refused_frame_counts_and_one_that_is_none_does_not()
    {
        (_, TestClient bob) = Bench.Meet();

        bob.Send("""{"type":"message","to":"nobody","payload":1}""");
        bob.Send("""{"type":"message"}""");
        bob.Send("nonsense");
        bob.Send("""{"type":"ping"}""");
        bob.Vanish();
        TestClient again = Bench.ComeBack(bob);

        Assert.That(bob.News(), Is.EqualTo(new[] { "error unknown-peer", "error malformed", "error malformed", "pong" }));
        Assert.That(again.News(), Is.EqualTo(new[] { "resumed 1" }));
    }

    [Test]
    public void A_client_without_a_secret_is_sent_no_acknowledgement_and_its_own_is_passed_over()
    {
        (TestClient alice, _) = Bench.Meet();

        for (int number = 1; number <= 40; number++)
        {
            alice.Message(number);
        }

        alice.Ack(9_000);
        Assert.That(alice.News(), Is.Empty);
    }

    [Test]
    public void What_was_acknowledged_is_kept_no_longer()
    {
        SignalingBench bench = Make(options => options.MaxQueuedFrames = 64);
        (TestClient alice, TestClient bob) = bench.Meet();

        for (int number = 1; number <= 190; number++)
        {
            alice.Message(number);
            if (number % 32 == 0)
                bob.Ack(1 + number);
        }

        Assert.That(bob.News(), Is.EqualTo(Messages(1, 190)));
    }

    [TestCase(0, TestName = "An_acknowledgement_of_less_than_before_is_malformed")]
    [TestCase(5, TestName = "An_acknowledgement_of_more_than_was_sent_is_malformed")]
    public void An_acknowledgement_that_cannot_be_is_malformed(long received)
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        alice.Message(1);
        alice.Message(2);
        alice.Message(3);
        bob.Ack(4);
        bob.News();

        bob.Ack(received);

        Assert.That(bob.News(), Is.EqualTo(new[] { "error malformed" }));
        alice.Message(4);
        Assert.That(bob.News(), Is.EqualTo(Messages(4, 4)), "the stay goes on");
    }

    [Test]
    public void A_frame_that_is_still_being_sent_may_be_acknowledged_and_keeps_its_bytes()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Link.Hold();
        alice.Message(1);

        // The link complains when the frame changes while it is sent; the next message of the same size would take a free buffer.
        bob.Ack(2);
        alice.Message(2);
        bob.Link.Release();

        Assert.That(bob.News(), Is.EqualTo(Messages(1, 2)));
    }
}
