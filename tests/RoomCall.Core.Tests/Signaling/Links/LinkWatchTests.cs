using Microsoft.Extensions.Time.Testing;
using RoomCall.Signaling.Links;

namespace RoomCall.Tests.Signaling.Links;

/// <summary>The deadlines of a link, by a clock of their own.</summary>
internal sealed class LinkWatchTests
{
    [Test]
    public void A_server_is_asked_when_it_has_been_silent_for_the_interval_and_given_up_when_it_does_not_answer_in_time()
    {
        FakeTimeProvider time = new();
        List<(string What, double At)> happened = [];
        long start = time.GetTimestamp();
        ResumingSignalerOptions options = new() { PingInterval = TimeSpan.FromSeconds(5), PingTimeout = TimeSpan.FromSeconds(2) };
        using LinkWatch watch = new(options, time, () => Note("ping"), _ => Note("drop"));
        watch.Start();
        watch.Heard();
        watch.Answered();
        time.Advance(TimeSpan.FromSeconds(4));
        watch.Heard();

        for (int i = 0; i < 100; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.That(happened, Is.EqualTo(new[] { ("ping", 9.0), ("drop", 11.0) }));

        void Note(string what) => happened.Add((what, Math.Round(time.GetElapsedTime(start).TotalSeconds, 1)));
    }

    [Test]
    public void A_link_that_is_ending_before_its_watch_begins_gets_a_moment_and_no_more()
    {
        FakeTimeProvider time = new();
        Exception? dropped = null;
        using LinkWatch watch = new(new(), time, () => { }, error => dropped = error);
        IOException closing = new("closing");

        watch.EndSoon(closing);
        watch.Start();
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(dropped, Is.SameAs(closing));
    }
}
