using RoomCall.Signaling.Protocol;

namespace RoomCall.Server.Tests.Signaling;

/// <summary>Who may take a seat again.</summary>
public sealed class TokenTests : SignalingTests
{
    private static readonly string[] Refused = ["error unknown-stay", "end refused"];

    [Test]
    public void Resumed_brings_a_new_token()
    {
        (_, TestClient bob) = Bench.Meet();
        TestClient again = Bench.ComeBack(bob);

        Assert.That(again.Token, Has.Length.EqualTo(22).And.Not.EqualTo(bob.Token));
    }

    [TestCase("""{"type":"ack","received":1}""")]
    [TestCase("""{"type":"message","payload":1}""")]
    [TestCase("""{"type":"ping"}""")]
    public void A_token_works_once_when_a_frame_has_come_on_the_connection_that_it_opened(string frame)
    {
        (_, TestClient bob) = Bench.Meet();
        TestClient again = Bench.ComeBack(bob);
        again.Send(frame);
        again.News();

        TestClient thief = Bench.Connect().Resume(bob.Self, bob.Token, received: 1);

        Assert.That(thief.News(), Is.EqualTo(Refused));
        Assert.That((again.IsClosed, again.News()), Is.EqualTo((false, Array.Empty<string>())));
    }

    [Test]
    public void Until_then_it_may_be_shown_again_and_brings_the_same_next_one()
    {
        (_, TestClient bob) = Bench.Meet();
        TestClient second = Bench.ComeBack(bob);
        second.Vanish();

        TestClient third = Bench.ComeBack(bob);

        Assert.That((third.News(), third.Token), Is.EqualTo((new[] { "resumed 0" }, second.Token)));
    }

    [Test]
    public void The_next_token_ends_the_one_before_for_good()
    {
        (_, TestClient bob) = Bench.Meet();
        TestClient second = Bench.ComeBack(bob);
        second.Vanish();
        Bench.Connect().Resume(bob.Self, second.Token, bob.Counted);

        Assert.That(Bench.ComeBack(bob).News(), Is.EqualTo(Refused));
    }

    [Test]
    public void A_wrong_token_is_refused_and_does_not_touch_the_stay()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();

        TestClient thief = Bench.Connect().Resume(bob.Self, SignalingProtocol.NewSecret(), received: 1);

        Assert.That(thief.News(), Is.EqualTo(Refused));
        Assert.That((bob.News(), alice.News()), Is.EqualTo((Array.Empty<string>(), Array.Empty<string>())));
    }

    [Test]
    public void A_token_is_good_for_its_own_stay_only()
    {
        (_, TestClient bob) = Bench.Meet();
        TestClient carol = Bench.Connect().Join("elsewhere", SignalingProtocol.NewSecret());

        Assert.That(Bench.Connect().Resume(bob.Self, carol.Token, received: 1).News(), Is.EqualTo(Refused));
        Assert.That(Bench.Connect().Resume(bob.Self, bob.Token, received: 1, room: "elsewhere").News(), Is.EqualTo(Refused));
    }

    [Test]
    public void A_stay_is_bound_to_the_user_who_began_it()
    {
        (_, TestClient bob) = Bench.Meet(user: "bob");

        Assert.That(Bench.ConnectAs("mallory").Resume(bob.Self, bob.Token, received: 1).News(), Is.EqualTo(Refused));
        Assert.That(Bench.Connect().Resume(bob.Self, bob.Token, received: 1).News(), Is.EqualTo(Refused), "nobody has signed in");
        Assert.That(Bench.ConnectAs("bob").Resume(bob.Self, bob.Token, received: 1).News(), Is.EqualTo(new[] { "resumed 0" }));
    }

    [Test]
    public void A_stay_is_begun_again_by_the_user_who_began_it_only()
    {
        string secret = SignalingProtocol.NewSecret();
        Bench.ConnectAs("bob").Join(secret: secret);

        Assert.That(Bench.ConnectAs("mallory").Join(secret: secret).News(), Is.EqualTo(new[] { "error already-joined", "end refused" }));
    }

    [Test]
    public void A_stay_without_a_secret_has_no_token_and_ends_with_its_connection()
    {
        (TestClient alice, TestClient bob) = Bench.Meet();

        alice.Vanish();

        Assert.That(alice.Token, Is.Empty);
        Assert.That(bob.News(), Is.EqualTo(new[] { "left vanished" }));
        Assert.That(Bench.Connect().Resume(alice.Self, "", 1).News(), Is.EqualTo(new[] { "error malformed" }));
        Assert.That(Bench.Connect().Resume(alice.Self, "null", 1).News(), Is.EqualTo(Refused));
    }

    [Test]
    public void A_server_that_keeps_no_seats_gives_no_token()
    {
        SignalingBench bench = Make(options => options.ResumeTime = TimeSpan.Zero);
        string secret = SignalingProtocol.NewSecret();
        TestClient bob = bench.Connect().Join(secret: secret);
        TestClient alice = bench.Connect().Join();
        alice.News();

        Assert.That(bob.Token, Is.Empty);
        Assert.That(bob.Self, Is.EqualTo(SignalingProtocol.PeerIdOf("lobby", secret)), "the id is its own all the same");
        Assert.That(bench.Connect().Join(secret: secret).News(), Is.EqualTo(new[] { "error already-joined", "end refused" }));
        bob.Vanish();
        Assert.That(alice.News(), Is.EqualTo(new[] { "left vanished" }));
    }
}
