using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

/// <summary>What observers of a session see, and that they harm nobody.</summary>
public class SessionObserverTests : InMemoryCallTest
{
    [Test]
    public async Task States_give_the_latest_first_then_every_change_in_order_and_complete()
    {
        ICallSession session = await JoinAsync();
        Task<IList<CallState>> all = session.States.ToList().ToTask();
        CallState now = session.State;
        await TalkAsync(session, await JoinAsync());
        await session.HangUpAsync().Soon();

        IList<CallState> states = await all.Soon();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(states[0], Is.EqualTo(now));
            Assert.That(states.Zip(states.Skip(1)).All(pair => pair.First != pair.Second), Is.True);
            Assert.That(states[^1], Has.Property(nameof(CallState.Phase)).EqualTo(CallPhase.Ended));
            Assert.That(states.Count(state => state.Phase == CallPhase.Ended), Is.EqualTo(1));
            Assert.That(await session.States.ToList().ToTask().Soon(), Is.EqualTo(new[] { session.State }));
        }
    }

    [Test]
    public async Task Events_come_in_the_order_of_a_call_and_end_with_the_session()
    {
        ICallSession session = await JoinAsync();
        Task<IList<CallEvent>> all = session.Events.ToList().ToTask();
        await TalkAsync(session, await JoinAsync());
        await session.HangUpAsync().Soon();

        List<CallEvent> events = [.. await all.Soon()];

        int At<T>() => events.FindIndex(callEvent => callEvent is T);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                new[]
                {
                    At<CallEvent.RoomJoined>(), At<CallEvent.LocalMediaReady>(), At<CallEvent.PeerJoined>(), At<CallEvent.CallStarted>(),
                    At<CallEvent.CallConnected>(), At<CallEvent.CallEnded>(), At<CallEvent.SessionEnded>(),
                },
                Is.Ordered.And.All.GreaterThanOrEqualTo(0));
            Assert.That(At<CallEvent.DataChannelOpened>(), Is.GreaterThan(At<CallEvent.CallStarted>()).And.LessThan(At<CallEvent.CallEnded>()));
            Assert.That(events[^1], Is.TypeOf<CallEvent.SessionEnded>());
        }
    }

    [Test]
    public async Task An_observer_that_throws_stays_subscribed_and_harms_neither_the_call_nor_the_next_observer()
    {
        ICallSession session = await JoinAsync();
        int states = 0;
        int events = 0;
        session.States.Subscribe(_ =>
        {
            states++;
            throw new InvalidTimeZoneException();
        });
        session.Events.Subscribe(_ =>
        {
            events++;
            throw new InvalidTimeZoneException();
        });
        CallLog log = new(session);

        await TalkAsync(session, await JoinAsync());
        await session.HangUpAsync().Soon();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(states, Is.EqualTo(log.States.Count));
            Assert.That(events, Is.GreaterThanOrEqualTo(log.Events.Count).And.GreaterThan(5));
        }
    }

    [Test]
    public async Task An_observer_may_hang_up_dispose_join_again_and_subscribe_from_within()
    {
        ICallSession session = await JoinAsync();
        TaskCompletionSource<ICallSession> next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int inner = 0;
        session.Events.OfType<CallEvent.DataChannelOpened>().Subscribe(opened =>
        {
            session.States.Subscribe(state => inner++);
            _ = session.HangUpAsync();
            _ = session.DisposeAsync().AsTask();
            JoinAsync(room: "another").ContinueWith(joining => next.SetResult(joining.Result), TaskScheduler.Default);
        });

        await JoinAsync();

        Assert.That((await next.Task.Soon()).State.Phase, Is.EqualTo(CallPhase.Waiting));
        Assert.That((await session.Completion.Soon()).Code, Is.EqualTo(CallEndCode.HungUp));
        Assert.That(inner, Is.Positive);
    }

    [Test]
    public async Task The_state_has_moved_when_observers_are_told()
    {
        ICallSession session = await JoinAsync();
        List<bool> same = [];
        session.States.Subscribe(state => same.Add(session.State == state));
        session.Events.OfType<CallEvent.CallConnected>().Subscribe(_ => same.Add(session.State.Phase == CallPhase.Connected));

        await TalkAsync(session, await JoinAsync());

        Assert.That(same, Has.Count.GreaterThan(3).And.All.True);
    }

    [Test]
    public async Task An_observer_that_was_disposed_is_told_no_more()
    {
        ICallSession session = await JoinAsync();
        int told = 0;
        session.States.Subscribe(_ => told++).Dispose();

        await TalkAsync(session, await JoinAsync());

        Assert.That(told, Is.EqualTo(1));
    }
}
