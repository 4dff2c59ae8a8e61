using RoomCall.Signaling.Links;

namespace RoomCall.Tests.Signaling.Links;

internal sealed class ExponentialBackoffTests
{
    [Test]
    public void A_wait_is_doubled_up_to_the_longest_and_half_of_it_is_random()
    {
        ExponentialBackoff backoff = new();
        foreach ((int number, double whole) in new[] { (1, 0.2), (2, 0.4), (3, 0.8), (4, 1.6), (5, 3.2), (6, 5), (7, 5), (int.MaxValue, 5) })
        {
            double[] waits = [.. Enumerable.Range(0, 200).Select(_ => backoff.NextDelay(At(number, 0))!.Value.TotalSeconds)];

            Assert.That(waits, Is.All.InRange(whole / 2, whole), $"attempt {number}");
            Assert.That(waits.Max() - waits.Min(), Is.GreaterThan(whole / 4), $"attempt {number}");
        }
    }

    [Test]
    public void It_gives_up_after_its_time()
    {
        ExponentialBackoff backoff = new();

        Assert.That(backoff.NextDelay(At(20, 59.9)), Is.Not.Null);
        Assert.That(backoff.NextDelay(At(20, 60)), Is.Null);
    }

    [Test]
    public void It_never_gives_up_when_told_so() =>
        Assert.That(new ExponentialBackoff { GiveUpAfter = Timeout.InfiniteTimeSpan }.NextDelay(At(1_000_000, 1e6)), Is.Not.Null);

    [Test]
    public void An_option_outside_its_range_is_refused_when_the_signaler_is_made()
    {
        foreach (ExponentialBackoff wrong in new ExponentialBackoff[]
        {
            new() { First = TimeSpan.Zero },
            new() { First = TimeSpan.FromSeconds(6) },
            new() { Longest = TimeSpan.FromHours(2) },
            new() { GiveUpAfter = TimeSpan.FromSeconds(-1) },
        })
        {
            Assert.That(() => new ResumingSignaler(new ScriptedTransport(), new() { Reconnect = wrong }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }
    }

    private static ReconnectAttempt At(int number, double seconds) => new(number, TimeSpan.FromSeconds(seconds), new IOException());
}
