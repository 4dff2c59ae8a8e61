using RoomCall.Server.Limits;

namespace RoomCall.Server.Tests.Limits;

public sealed class TokenBucketTests
{
    private const long Second = 10_000_000;

    [Test]
    public void It_begins_full()
    {
        TokenBucket bucket = new(new TokenRate(tokensPerSecond: 10, burst: 3, Second), now: 0);

        Assert.That(Take(ref bucket, now: 0), Is.EqualTo(3));
    }

    [Test]
    public void It_fills_at_its_rate_and_not_above_its_burst()
    {
        TokenBucket bucket = new(new TokenRate(tokensPerSecond: 10, burst: 3, Second), now: 0);
        Take(ref bucket, now: 0);

        Assert.That(Take(ref bucket, now: Second / 10 - 1), Is.EqualTo(0));
        Assert.That(Take(ref bucket, now: Second / 10), Is.EqualTo(1));
        Assert.That(Take(ref bucket, now: Second / 10 * 3), Is.EqualTo(2));
        Assert.That(Take(ref bucket, now: Second * 100), Is.EqualTo(3));
    }

    [Test]
    public void No_token_is_lost_or_won_by_rounding_however_often_it_is_asked()
    {
        TokenBucket bucket = new(new TokenRate(tokensPerSecond: 3, burst: 1, Second), now: 0);
        int taken = 0;
        for (long now = 0; now <= Second * 100; now += 1_000) // 3 tokens a second do not divide the ticks
        {
            if (bucket.TryTake(now))
                taken++;
        }

        Assert.That(taken, Is.EqualTo(300).Within(1));
    }

    [Test]
    public void A_clock_that_goes_back_brings_nothing_and_breaks_nothing()
    {
        TokenBucket bucket = new(new TokenRate(tokensPerSecond: 1, burst: 1, Second), now: Second * 10);
        Take(ref bucket, now: Second * 10);

        Assert.That(Take(ref bucket, now: 0), Is.EqualTo(0));
        Assert.That(Take(ref bucket, now: Second * 10), Is.EqualTo(0));
        Assert.That(Take(ref bucket, now: Second * 11), Is.EqualTo(1));
    }

    [TestCase(1)]
    [TestCase(1_000_000)]
    public void The_largest_values_do_not_overflow(int perSecond)
    {
        TokenBucket bucket = new(new TokenRate(perSecond, burst: 1_000_000, ticksPerSecond: 1_000_000_000_000), now: 0);
        Take(ref bucket, now: 0);

        Assert.That(Take(ref bucket, now: long.MaxValue), Is.EqualTo(1_000_000));
    }

    private static int Take(ref TokenBucket bucket, long now)
    {
        int taken = 0;
        while (bucket.TryTake(now))
            taken++;

        return taken;
    }
}
