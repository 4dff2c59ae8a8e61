using RoomCall.Signaling.Protocol;

namespace RoomCall.Server.Tests.Signaling;

/// <summary>Clients for which too much waits.</summary>
public sealed class TooSlowTests : SignalingTests
{
    [Test]
    public void More_frames_than_the_bound_end_the_stay_of_one_who_reads_nothing()
    {
        SignalingBench bench = Make(options => options.MaxQueuedFrames = 64);
        (TestClient alice, TestClient bob) = bench.Meet();
        bob.Link.Hold();

        for (int number = 1; number <= 63; number++)
        {
            alice.Message(number);
        }

        Assert.That(alice.News(), Is.Empty, "'joined' and these are 64");
        alice.Message(64);

        Assert.That(alice.News(), Is.EqualTo(new[] { "left too-slow" }));
        Assert.That(bench.Broker.MemberCount, Is.EqualTo(1));
        bob.Link.Release();
        Assert.That(bob.News(), Is.EqualTo(new[] { "message 1", "end too-slow" }), "what waited is not sent any more");
        Assert.That(bob.Link.ClosedWith, Is.EqualTo(EndCode.TooSlow));
    }

    [Test]
    public void More_bytes_than_the_bound_do_so_too()
    {
        SignalingBench bench = Make(options => options.MaxQueuedBytes = 256 * 1024);
        (TestClient alice, TestClient bob) = bench.Meet();
        string large = $$"""{"type":"message","payload":"{{new string('x', 60 * 1024)}}"}""";

        for (int i = 0; i < 4; i++)
        {
            alice.Send(large);
        }

        Assert.That(alice.News(), Is.Empty);
        alice.Send(large);

        Assert.That(alice.News(), Is.EqualTo(new[] { "left too-slow" }));
        Assert.That(bob.End, Is.EqualTo("too-slow"), "it did read, but did not acknowledge");
    }

    [Test]
    public void One_frame_is_always_taken_however_large()
    {
        SignalingBench bench = Make(options => options.MaxQueuedBytes = 256 * 1024, new RoomBrokerOptions { MaxMessageBytes = 1024 * 1024 });
        (TestClient alice, TestClient bob) = bench.Meet();
        bob.Ack(1);

        alice.Send($$"""{"type":"message","payload":"{{new string('x', 500_000)}}"}""");

        Assert.That((alice.News(), bob.News()[0].Length), Is.EqualTo((Array.Empty<string>(), 500_010)));
    }

    [Test]
    public void A_client_that_reads_nothing_is_cut_when_the_time_to_close_is_over()
    {
        SignalingBench bench = Make(options => options.MaxQueuedFrames = 64);
        (TestClient alice, TestClient bob) = bench.Meet();
        bob.Link.Hold();
        for (int number = 1; number <= 64; number++)
        {
            alice.Message(number);
        }

        bench.Time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.That(bob.IsClosed, Is.False);
        bench.Time.Advance(TimeSpan.FromTicks(1));

        Assert.That(bob.IsClosed, Is.True);
        Assert.That(bench.Server.ConnectionCount, Is.EqualTo(1));
    }

    [Test]
    public void Answers_to_nonsense_are_bounded_too_and_the_others_are_told_why()
    {
        SignalingBench bench = Make(options =>
        {
            options.MaxQueuedFrames = 64;
            options.MaxMalformedFrames = 1_000;
        });
        (TestClient alice, TestClient bob) = bench.Meet();
        bob.Link.Hold();

        for (int i = 0; i < 64; i++)
        {
            bob.Send("nonsense");
        }

        Assert.That(alice.News(), Is.EqualTo(new[] { "left too-slow" }));
        bob.Link.Release();
        Assert.That(bob.News(), Is.EqualTo(new[] { "error malformed", "end too-slow" }));
    }

    [Test]
    public void Pings_of_one_who_reads_nothing_have_one_answer()
    {
        (_, TestClient bob) = Bench.Meet();
        bob.Link.Hold();

        for (int i = 0; i < 100; i++)
        {
            bob.Send("""{"type":"ping"}""");
        }

        bob.Link.Release();
        Assert.That(bob.News(), Is.EqualTo(new[] { "pong", "pong" }), "one was on its way");
    }

    [Test]
    public void One_who_reads_again_in_time_has_lost_nothing()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Link.Hold();
        for (int number = 1; number <= 100; number++)
        {
            alice.Message(number);
        }

        bob.Link.Release();

        Assert.That(bob.News(), Is.EqualTo(Messages(1, 100)));
    }

    [Test]
    public void One_without_a_secret_need_not_acknowledge_to_be_sent_more()
    {
        SignalingBench bench = Make(options => options.MaxQueuedFrames = 64);
        (TestClient alice, TestClient bob) = bench.Meet();

        for (int number = 1; number <= 150; number++)
        {
            bob.Message(number);
        }

        Assert.That(alice.News(), Is.EqualTo(Messages(1, 150)));
    }
}
