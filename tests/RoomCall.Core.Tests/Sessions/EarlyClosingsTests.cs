namespace RoomCall.Tests.Sessions;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class EarlyClosingsTests
{
    [Test]
    public void What_was_said_of_a_channel_is_taken_once_by_its_connection_and_id()
    {
        EarlyClosings closings = new();
        closings.Add(1, 2, 7);

        Assert.That(new[] { closings.Take(1, 3), closings.Take(2, 2), closings.Take(1, 2), closings.Take(1, 2) }, Is.EqualTo(new long?[] { null, null, 7, null }));
    }

    [Test]
    public void The_first_word_of_a_channel_counts()
    {
        EarlyClosings closings = new();
        closings.Add(1, 2, 7);
        closings.Add(1, 2, 0);

        Assert.That(closings.Take(1, 2), Is.EqualTo(7));
    }

    [Test]
    public void Of_a_flood_only_the_latest_are_kept()
    {
        EarlyClosings closings = new();
        for (int channel = 0; channel <= 65_534; channel++)
        {
            closings.Add(1, channel, channel);
        }

        int[] kept = [.. Enumerable.Range(0, 65_535).Where(channel => closings.Take(1, channel) is not null)];
        Assert.That(kept, Is.EqualTo(Enumerable.Range(65_535 - EarlyClosings.Limit, EarlyClosings.Limit)));
    }
}
