using RoomCall.Server.Tests.Concurrency;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Server.Tests.Signaling;

/// <summary>What happens at the same moment, on threads of its own, many times over: whichever comes first, the stay is whole after it.</summary>
public sealed class StayRaceTests
{
    private const int Rounds = 200;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    [Test]
    public Task Coming_back_and_the_end_of_the_time_to_do_so() => RaceAsync(async round =>
    {
        round.Bob.Vanish();
        round.Alice.Message(1);
        round.Bench.Time.Advance(Grace - Second);
        TestClient again = round.Bench.Connect();

        await AtOnce.RunAsync(
            () => again.Resume(round.Bob.Self, round.Bob.Token, 1),
            () => round.Bench.Time.Advance(Second));

        if (again.End is null)
        {
            Assert.That(again.News(), Is.EqualTo(new[] { "resumed 0", "message 1" }));
            Assert.That(round.Alice.News(), Is.EqualTo(new[] { "away", "back" }));
            round.Bench.Time.Advance(Grace * 2);
            Assert.That((again.IsClosed, round.Bench.Broker.MemberCount), Is.EqualTo((false, 2)));
        }
        else
        {
            Assert.That(again.News(), Is.EqualTo(new[] { "error unknown-stay", "end refused" }));
            Assert.That(round.Alice.News(), Is.EqualTo(new[] { "away", "left vanished" }));
            Assert.That(round.Bench.Broker.MemberCount, Is.EqualTo(1));
        }
    });

    [Test]
    public Task Coming_back_while_the_other_sends() => RaceAsync(async round =>
    {
        round.Alice.Message(1);
        round.Bob.Vanish();
        TestClient again = round.Bench.Connect();

        await AtOnce.RunAsync(
            () => again.Resume(round.Bob.Self, round.Bob.Token, 2),
            () =>
            {
                for (int number = 2; number <= 20; number++)
                {
                    round.Alice.Message(number);
                }
            });

        Assert.That(again.News(), Is.EqualTo(Enumerable.Range(2, 19).Select(number => $"message {number}").Prepend("resumed 0")));
    });

    [Test]
    public Task A_newer_connection_while_the_older_one_sends_and_is_sent_to() => RaceAsync(async round =>
    {
        TestClient again = round.Bench.Connect();

        await AtOnce.RunAsync(
            () => again.Resume(round.Bob.Self, round.Bob.Token, 1),
            () =>
            {
                for (int number = 1; number <= 10; number++)
                {
                    round.Alice.Message(number);
                }
            },
            () =>
            {
                for (int number = 1; number <= 10; number++)
                {
                    round.Bob.Message(number);
                }
            });

        // What the server says that it took is what has arrived.
        string[] news = again.News();
        int taken = int.Parse(news[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(round.Alice.News(), Is.EqualTo(Enumerable.Range(1, taken).Select(number => $"message {number}")));
        Assert.That(news.Skip(1), Is.EqualTo(Enumerable.Range(1, 10).Select(number => $"message {number}")), "the client said that it has none of them");
        Assert.That(round.Bob.IsClosed, Is.True);
    });

    [Test]
    public Task Leaving_while_a_newer_connection_takes_the_seat() => RaceAsync(async round =>
    {
        TestClient again = round.Bench.Connect();

        await AtOnce.RunAsync(
            () => again.Resume(round.Bob.Self, round.Bob.Token, 1),
            () => round.Bob.Send("""{"type":"bye"}"""));

        bool hasLeft = again.End is not null;
        Assert.That(round.Bench.Broker.MemberCount, Is.EqualTo(hasLeft ? 1 : 2));
        Assert.That(round.Alice.News(), Is.EqualTo(hasLeft ? new[] { "left left" } : []));
        Assert.That(round.Bob.End, Is.EqualTo(hasLeft ? "left" : "replaced"));
        if (!hasLeft)
        {
            again.Message(1);
            Assert.That(again.News(), Is.EqualTo(new[] { "resumed 0" }), "it is in the room");
        }
    });

    [Test]
    public Task Two_newer_connections_at_once() => RaceAsync(async round =>
    {
        TestClient[] both = [round.Bench.Connect(), round.Bench.Connect()];

        await AtOnce.RunAsync(
            () => both[0].Resume(round.Bob.Self, round.Bob.Token, 1),
            () => both[1].Resume(round.Bob.Self, round.Bob.Token, 1));

        Assert.That(both.Count(client => client.IsClosed), Is.EqualTo(1), "one of them has the seat");
        TestClient holder = both.Single(client => !client.IsClosed);
        round.Alice.Message(1);
        holder.Message(1);
        Assert.That(holder.News(), Is.EqualTo(new[] { "resumed 0", "message 1" }));
        Assert.That(round.Alice.News(), Is.EqualTo(new[] { "message 1" }));
    });

    [Test]
    public Task Losing_a_connection_and_coming_back_on_the_next_one() => RaceAsync(async round =>
    {
        TestClient again = round.Bench.Connect();

        await AtOnce.RunAsync(round.Bob.Vanish, () => again.Resume(round.Bob.Self, round.Bob.Token, 1));

        Assert.That(again.News(), Is.EqualTo(new[] { "resumed 0" }));
        Assert.That(round.Alice.News(), Is.EqualTo(Array.Empty<string>()).Or.EqualTo(new[] { "away", "back" }));
        round.Bench.Time.Advance(Grace * 2);
        Assert.That(round.Bench.Broker.MemberCount, Is.EqualTo(2));
    });

    [Test]
    public Task A_flood_and_a_newer_connection() => RaceAsync(async round =>
    {
        TestClient again = round.Bench.Connect();

        await AtOnce.RunAsync(
            () => _ = round.Bob.Connection.RefuseTooLargeAsync(1).AsTask(),
            () => again.Resume(round.Bob.Self, round.Bob.Token, 1));

        Assert.That(round.Bob.IsClosed, Is.True, "whoever was first, the older connection ends");
        Assert.That(round.Bench.Broker.MemberCount, Is.EqualTo(again.IsClosed ? 1 : 2));
    });

    [Test]
    public Task Asking_for_a_room_and_the_end_of_the_time_to_do_so() => RaceAsync(async round =>
    {
        TestClient client = round.Bench.Connect();

        await AtOnce.RunAsync(
            () => client.Join("elsewhere"),
            () => round.Bench.Time.Advance(TimeSpan.FromSeconds(10)));

        Assert.That(client.News(), Is.EqualTo(new[] { "created" }).Or.EqualTo(new[] { "end timed-out" }));
        Assert.That(round.Bench.Broker.RoomCount, Is.EqualTo(client.IsClosed ? 1 : 2));
    });

    [Test]
    public Task Stopping_while_all_else_goes_on() => RaceAsync(async round =>
    {
        TestClient gone = round.Bench.Connect().Join("elsewhere", SignalingProtocol.NewSecret());
        gone.Vanish();
        TestClient resuming = round.Bench.Connect();
        TestClient joining = round.Bench.Connect();
        Task stopped = Task.CompletedTask;

        await AtOnce.RunAsync(
            () => stopped = round.Bench.Server.StopAsync(),
            () => resuming.Resume(gone.Self, gone.Token, 1, "elsewhere"),
            () => joining.Join("third"),
            () => round.Bench.Connect().Join("fourth"),
            () =>
            {
                for (int number = 1; number <= 10; number++)
                {
                    round.Alice.Message(number);
                    round.Bob.Message(number);
                }
            });
        await stopped.WaitAsync(AtOnce.SafetyNet);

        Assert.That(round.Bench.Server.ConnectionCount, Is.Zero);
        foreach (TestClient client in new[] { round.Alice, round.Bob })
        {
            string[] news = [.. client.News().Where(one => !one.StartsWith("ack ", StringComparison.Ordinal))];
            Assert.That(news[^1], Is.EqualTo("end restarting"));
            Assert.That(news[..^1], Is.EqualTo(Enumerable.Range(1, news.Length - 1).Select(number => $"message {number}")), "nothing else, and no gap");
        }

        Assert.That((resuming.End, joining.End), Is.EqualTo(("restarting", "restarting")));
    });

    private static async Task RaceAsync(Func<Round, Task> race)
    {
        for (int i = 0; i < Rounds; i++)
        {
            SignalingBench bench = new();
            (TestClient alice, TestClient bob) = bench.Meet();
            await race(new Round(bench, alice, bob));
            bench.Check();
        }
    }

    private sealed record Round(SignalingBench Bench, TestClient Alice, TestClient Bob);
}
