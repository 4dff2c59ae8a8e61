using RoomCall.Server.Signaling;
using RoomCall.Server.Tests.Concurrency;

namespace RoomCall.Server.Tests.Signaling;

/// <summary>Two threads in one stay, a few instructions apart: what <see cref="StayRaceTests"/> with whole frames seldom hits.</summary>
public sealed class StayMomentTests
{
    private const int Rounds = 1_000;

    [Test]
    public async Task The_others_know_in_the_end_whether_one_is_away()
    {
        Random random = new(1);
        for (int round = 0; round < Rounds; round++)
        {
            SignalingBench bench = new();
            (TestClient alice, TestClient bob) = bench.Meet();
            Stay stay = bench.Server.FindStay("lobby", bob.Self)!;
            TestClient again = bench.Connect();
            int ahead = random.Next(100);

            // A third keeps the room busy, so that one of the two may be held up on its way to tell.
            await AtOnce.RunAsync(
                () => stay.Detach(bob.Connection, byClient: false),
                () =>
                {
                    Thread.SpinWait(ahead);
                    stay.TryResume(again.Connection, null, bob.Token, 1);
                },
                () =>
                {
                    for (int number = 1; number <= 20; number++)
                    {
                        alice.Message(number);
                    }
                });

            Assert.That(alice.News(), Is.EqualTo(Array.Empty<string>()).Or.EqualTo(new[] { "away", "back" }), $"round {round}");
        }
    }

    [Test]
    public async Task A_seat_that_is_given_up_is_not_taken()
    {
        for (int round = 0; round < Rounds; round++)
        {
            SignalingBench bench = new();
            (TestClient alice, TestClient bob) = bench.Meet();
            Stay stay = bench.Server.FindStay("lobby", bob.Self)!;
            TestClient again = bench.Connect();
            bool isLeaving = false;
            bool hasResumed = false;
            alice.Link.OnSend = () => Volatile.Write(ref isLeaving, true);

            await AtOnce.RunAsync(
                () => stay.Leave(bob.Connection),
                () =>
                {
                    SpinWait.SpinUntil(() => Volatile.Read(ref isLeaving), AtOnce.SafetyNet);
                    hasResumed = stay.TryResume(again.Connection, null, bob.Token, 1);
                });

            Assert.That((hasResumed, bench.Broker.MemberCount), Is.EqualTo((false, 1)), $"round {round}");
            Assert.That(bob.End, Is.EqualTo("left"));
        }
    }
}
