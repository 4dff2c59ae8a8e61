namespace RoomCall.Server.Tests.Signaling;

/// <summary>Timers that were stopped a moment too late.</summary>
public sealed class LateTimerTests
{
    [Test]
    public void The_end_of_one_absence_does_not_end_the_next()
    {
        LateTimers time = new();
        SignalingBench bench = new(time: time);
        (TestClient alice, TestClient bob) = bench.Meet();
        int first = time.Count;
        bob.Vanish();
        TestClient again = bench.ComeBack(bob);
        again.Vanish();

        time.Run(first);

        Assert.That(alice.News(), Is.EqualTo(new[] { "away", "back", "away" }));
        Assert.That(bench.ComeBack(bob).News(), Is.EqualTo(new[] { "resumed 0" }));
    }

    [Test]
    public void The_end_of_an_absence_does_not_end_one_who_has_come_back()
    {
        LateTimers time = new();
        SignalingBench bench = new(time: time);
        (TestClient alice, TestClient bob) = bench.Meet();
        int first = time.Count;
        bob.Vanish();
        TestClient again = bench.ComeBack(bob);

        time.Run(first);

        alice.Message(1);
        Assert.That(again.News(), Is.EqualTo(new[] { "resumed 0", "message 1" }));
    }

    [Test]
    public void The_time_to_ask_for_a_room_does_not_end_one_who_is_in_it()
    {
        LateTimers time = new();
        SignalingBench bench = new(time: time);
        int first = time.Count;
        TestClient client = bench.Connect().Join();

        time.Run(first);

        Assert.That(client.News(), Is.EqualTo(new[] { "created" }));
    }
}
