using RoomCall.Server.Signaling;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Server.Tests.Signaling;

/// <summary>A seat that is taken again: what comes, in which order, and who may.</summary>
public sealed class ResumeTests : SignalingTests
{
    [Test]
    public void What_was_sent_meanwhile_comes_in_order_and_once()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        alice.Message(1);
        bob.Vanish();
        alice.Message(2);
        alice.Message(3);

        TestClient again = Bench.ComeBack(bob);

        Assert.That(again.News(), Is.EqualTo(new[] { "resumed 0", "message 2", "message 3" }));
        Assert.That(alice.News(), Is.EqualTo(new[] { "away", "back" }));
    }

    [Test]
    public void What_the_client_did_not_get_is_sent_again()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        alice.Message(1);
        alice.Message(2);
        bob.Vanish();

        TestClient again = Bench.Connect().Resume(bob.Self, bob.Token, received: 2);

        Assert.That(again.News(), Is.EqualTo(new[] { "resumed 0", "message 2" }));
    }

    [Test]
    public void A_frame_that_was_on_its_way_when_the_connection_broke_comes_once()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Link.Hold();
        alice.Message(1);
        alice.Message(2);
        bob.Vanish();

        TestClient again = Bench.ComeBack(bob);

        Assert.That(bob.News(), Is.Empty);
        Assert.That(again.News(), Is.EqualTo(new[] { "resumed 0", "message 1", "message 2" }));
    }

    [Test]
    public void A_frame_that_came_though_sending_it_failed_is_not_sent_again()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Link.Throws = new IOException("broken");
        alice.Message(1);

        TestClient again = Bench.Connect().Resume(bob.Self, bob.Token, received: 2);
        alice.Message(2);

        Assert.That(again.News(), Is.EqualTo(new[] { "resumed 0", "message 2" }));
    }

    [Test]
    public void Resumed_tells_how_many_of_the_clients_frames_have_come_and_counting_goes_on()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        for (int number = 1; number <= 20; number++)
        {
            bob.Message(number);
        }

        bob.Vanish();
        TestClient again = Bench.ComeBack(bob);
        for (int number = 21; number <= 52; number++)
        {
            again.Message(number);
        }

        Assert.That(again.News(), Is.EqualTo(new[] { "resumed 20", "ack 52" }), "the 32 are counted from what 'resumed' told");
        Assert.That(alice.News().Where(news => news.StartsWith("message", StringComparison.Ordinal)), Is.EqualTo(Messages(1, 52)));
    }

    [Test]
    public void A_frame_of_an_older_connection_is_not_taken()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Message(1);
        TestClient again = Bench.ComeBack(bob);

        bob.Message(2);
        bob.Send("""{"type":"bye"}""");
        again.Message(2);

        Assert.That(alice.News(), Is.EqualTo(Messages(1, 2)), "the others do not even notice");
        Assert.That(again.News(), Is.EqualTo(new[] { "resumed 1" }));
    }

    [Test]
    public void Nor_is_one_that_was_read_before_the_older_connection_knew_that_it_is_the_older()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        Stay stay = Bench.Server.FindStay("lobby", bob.Self)!;
        Bench.ComeBack(bob);

        bool isTaken = stay.Receive(bob.Connection, new ClientFrame { Type = ClientFrameType.Message, Payload = new byte[] { (byte)'1' } }, length: 1);
        stay.Leave(bob.Connection);

        Assert.That((isTaken, alice.News()), Is.EqualTo((false, Array.Empty<string>())));
    }

    [Test]
    public void The_older_connection_is_told_that_it_was_replaced()
    {
        (_, TestClient bob) = Bench.Meet();

        Bench.ComeBack(bob);

        Assert.That((bob.News(), bob.Link.ClosedWith), Is.EqualTo((new[] { "end replaced" }, EndCode.Replaced)));
    }

    [Test]
    public void An_older_connection_on_which_something_is_still_sent_is_cut()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Link.Hold();
        alice.Message(1);

        TestClient again = Bench.Connect().Resume(bob.Self, bob.Token, received: 1);

        Assert.That((bob.IsClosed, bob.Link.ClosedWith), Is.EqualTo((true, (EndCode?)null)));
        Assert.That(again.News(), Is.EqualTo(new[] { "resumed 0", "message 1" }));
    }

    [Test]
    public void An_older_connection_that_does_not_come_to_its_end_delays_the_newer_one_only_that_long()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Link.Hold();
        alice.Message(1);
        bob.Link.OnAbort = null; // the transport takes its time to notice
        TestClient again = Bench.Connect().Resume(bob.Self, bob.Token, received: 1);

        alice.Message(2);
        again.Message(1);
        bob.Close(byClient: false);

        Assert.That(again.News(), Is.EqualTo(new[] { "resumed 0", "message 1", "message 2" }));
        Assert.That(alice.News(), Is.EqualTo(Messages(1, 1)), "the loss of the older connection is no news");
    }

    [Test]
    public void A_client_that_resumes_twice_at_its_leisure_has_each_frame_once()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        bob.Vanish();
        alice.Message(1);
        TestClient second = Bench.ComeBack(bob);
        second.Vanish();
        alice.Message(2);

        TestClient third = Bench.Connect().Resume(bob.Self, second.Token, bob.Counted + second.Counted);

        Assert.That(second.News(), Is.EqualTo(new[] { "resumed 0", "message 1" }));
        Assert.That(third.News(), Is.EqualTo(new[] { "resumed 0", "message 2" }));
    }

    [Test]
    public void The_same_create_or_join_begins_the_stay_again_for_a_client_that_heard_nothing()
    {
        string secret = SignalingProtocol.NewSecret();
        TestClient first = Bench.Connect().Join(secret: secret);
        Bench.Connect().Join();
        first.Vanish();

        TestClient second = Bench.Connect().Join(secret: secret);

        Assert.That(second.News(), Is.EqualTo(new[] { "created", "join" }));
        Assert.That(second.Self, Is.EqualTo(first.Self));
        Assert.That(Bench.Broker.MemberCount, Is.EqualTo(2));
    }

    [Test]
    public void The_same_create_or_join_is_refused_once_the_client_has_spoken()
    {
        string secret = SignalingProtocol.NewSecret();
        TestClient first = Bench.Connect().Join(secret: secret);
        first.Send("""{"type":"ping"}""");

        TestClient second = Bench.Connect().Join(secret: secret);

        Assert.That(second.News(), Is.EqualTo(new[] { "error already-joined", "end refused" }));
        Assert.That(first.IsClosed, Is.False);
    }

    [Test]
    public void A_client_whose_stay_has_ended_may_begin_anew_with_the_same_secret()
    {
        string secret = SignalingProtocol.NewSecret();
        TestClient first = Bench.Connect().Join(secret: secret);
        first.Send("""{"type":"bye"}""");

        TestClient second = Bench.Connect().Join(secret: secret);

        Assert.That((second.News(), second.Self), Is.EqualTo((new[] { "created" }, first.Self)));
    }

    [TestCase(-1, TestName = "A_count_of_frames_that_were_acknowledged_is_refused")]
    [TestCase(+1, TestName = "A_count_of_frames_that_were_never_sent_is_refused")]
    public void A_count_that_cannot_be_is_refused(int wrong)
    {
        (TestClient alice, TestClient bob) = Bench.Meet();
        alice.Message(1);
        bob.Ack(2);
        bob.Vanish();

        TestClient thief = Bench.Connect().Resume(bob.Self, bob.Token, 2 + wrong);

        Assert.That(thief.News(), Is.EqualTo(new[] { "error unknown-stay", "end refused" }));
        Assert.That(Bench.ComeBack(bob).News(), Is.EqualTo(new[] { "resumed 0" }), "the token is not used up");
    }
}
