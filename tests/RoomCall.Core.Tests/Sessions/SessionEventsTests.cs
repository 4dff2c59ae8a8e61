using Microsoft.Extensions.Logging.Abstractions;
using RoomCall.DataChannels;

namespace RoomCall.Tests.Sessions;

public class SessionEventsTests
{
    [Test]
    public void An_event_that_is_written_down_tells_what_is_in_it()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new CallEvent.ServerLog(["one", "two"]).ToString(), Is.EqualTo("ServerLog { one | two }"));
            Assert.That(new CallEvent.DataChannelOpened(new CallDataChannel("chat", new(), new(1, 1, 1), NullLogger.Instance)).ToString(), Is.EqualTo("DataChannelOpened { Channel = chat (Connecting) }"));
        }
    }

    [Test]
    public void The_first_observer_gets_what_happened_before_it_came_and_then_the_rest_in_order()
    {
        SessionEvents events = new(NullLogger.Instance);
        events.OnNext(Numbered(1));
        events.OnNext(Numbered(2));
        List<CallEvent> seen = [];

        using IDisposable subscription = events.Subscribe(seen.Add);
        events.OnNext(Numbered(3));

        Assert.That(seen, Is.EqualTo(new[] { Numbered(1), Numbered(2), Numbered(3) }));
    }

    [Test]
    public void A_later_observer_gets_what_happens_from_then_on()
    {
        SessionEvents events = new(NullLogger.Instance);
        events.OnNext(Numbered(1));
        using IDisposable first = events.Subscribe(_ => { });
        List<CallEvent> seen = [];

        using IDisposable second = events.Subscribe(seen.Add);
        events.OnNext(Numbered(2));

        Assert.That(seen, Is.EqualTo(new[] { Numbered(2) }));
    }

    [Test]
    public void Before_anybody_listens_the_latest_256_events_are_kept()
    {
        SessionEvents events = new(NullLogger.Instance);
        for (int number = 1; number <= 300; number++)
        {
            events.OnNext(Numbered(number));
        }

        List<CallEvent> seen = [];
        using IDisposable subscription = events.Subscribe(seen.Add);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen, Has.Count.EqualTo(256));
            Assert.That(seen[0], Is.EqualTo(Numbered(45)));
        }
    }

    [Test]
    public void One_who_comes_after_the_end_still_gets_what_nobody_had_and_the_completion()
    {
        SessionEvents events = new(NullLogger.Instance);
        events.OnNext(Numbered(1));
        events.OnCompleted();
        List<CallEvent> seen = [];
        bool isCompleted = false;

        using IDisposable subscription = events.Subscribe(seen.Add, () => isCompleted = true);

        Assert.That((seen.Count, isCompleted), Is.EqualTo((1, true)));
    }

    [Test]
    public void An_observer_that_throws_harms_neither_the_producer_nor_the_next_observer()
    {
        SessionEvents events = new(NullLogger.Instance);
        using IDisposable bad = events.Subscribe(_ => throw new InvalidOperationException("mine"));
        List<CallEvent> seen = [];
        using IDisposable good = events.Subscribe(seen.Add);

        events.OnNext(Numbered(1));
        events.OnNext(Numbered(2));

        Assert.That(seen, Has.Count.EqualTo(2));
    }

    private static CallEvent.RecoveryStarted Numbered(int number) => new(number);
}
