using RoomCall.Conformance;
using RoomCall.DataChannels;

namespace RoomCall.InMemory.Tests;

/// <summary>What one can wait for on a session, cancelled and cut short.</summary>
public class SessionWaitTests : InMemoryCallTest
{
    [Test]
    public async Task Each_wait_can_be_cancelled_and_harms_nothing()
    {
        ICallSession session = await JoinAsync();
        using CancellationTokenSource enough = new();
        Task[] waits =
        [
            session.WhenConnectedAsync(enough.Token),
            session.WhenDataChannelOpenAsync(enough.Token),
            session.WhenCompletedAsync(enough.Token),
            session.WhenAsync(_ => false, enough.Token),
            session.AcceptDataChannelAsync(cancellationToken: enough.Token),
        ];

        await enough.CancelAsync();

        foreach (Task wait in waits)
        {
            Assert.That(async () => await wait.Soon(), Throws.InstanceOf<OperationCanceledException>());
        }

        await TalkAsync(session, await JoinAsync());
    }

    [Test]
    public async Task A_wait_with_a_token_that_is_cancelled_already_does_not_begin()
    {
        ICallSession session = await JoinAsync();
        CancellationToken cancelled = new(canceled: true);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => session.WhenConnectedAsync(cancelled), Throws.InstanceOf<OperationCanceledException>());
            Assert.That(() => session.WhenDataChannelOpenAsync(cancelled), Throws.InstanceOf<OperationCanceledException>());
            Assert.That(() => session.WhenCompletedAsync(cancelled), Throws.InstanceOf<OperationCanceledException>());
            Assert.That(() => session.HangUpAsync(cancelled), Throws.InstanceOf<OperationCanceledException>());
        }

        // The wait was cancelled; the hang-up was not.
        Assert.That((await session.Completion.Soon()).Code, Is.EqualTo(CallEndCode.HungUp));
    }

    [Test]
    public async Task Each_wait_is_told_that_the_session_has_ended_during_it_and_after_it()
    {
        ICallSession session = await JoinAsync();
        Task[] before = Waits();

        await session.HangUpAsync().Soon();

        foreach (Task wait in before.Concat(Waits()))
        {
            RoomCallException ended = (await Assert.ThrowsAsync<RoomCallException>(() => wait.Soon()))!;
            Assert.That((ended.Code, ended.EndReason!.Code), Is.EqualTo((RoomCallErrorCode.SessionEnded, CallEndCode.HungUp)));
        }

        Assert.That((await session.WhenCompletedAsync()).Code, Is.EqualTo(CallEndCode.HungUp));

        Task[] Waits() => [session.WhenConnectedAsync(), session.WhenDataChannelOpenAsync(), session.WhenAsync(_ => false), session.AcceptDataChannelAsync()];
    }

    [Test]
    public async Task A_predicate_that_throws_fails_its_own_wait_only()
    {
        ICallSession session = await JoinAsync();

        Assert.That(
            async () => await session.WhenAsync(_ => throw new InvalidTimeZoneException()).Soon(),
            Throws.TypeOf<InvalidTimeZoneException>());
        await TalkAsync(session, await JoinAsync());
    }

    [Test]
    public async Task The_open_channel_of_the_next_call_is_waited_for_after_the_first_call_has_ended()
    {
        ICallSession session = await JoinAsync();
        ICallSession first = await JoinAsync();
        IDataChannel ofFirst = await session.WhenDataChannelOpenAsync().Soon();
        await first.HangUpAsync().Soon();
        await ReachedAsync(session, CallPhase.Waiting);

        Task<IDataChannel> waiting = session.WhenDataChannelOpenAsync();
        ICallSession second = await JoinAsync();

        Assert.That(await waiting.Soon(), Is.Not.SameAs(ofFirst));
        await TalkAsync(session, second);
    }

    [Test]
    public async Task Statistics_are_there_during_a_call_and_empty_before_and_after_it()
    {
        ICallSession session = await JoinAsync();
        Assert.That(await session.GetStatisticsAsync().Soon(), Is.EqualTo(new PeerConnections.PeerConnectionStatistics()));
        await TalkAsync(session, await JoinAsync());
        Assert.That(await session.GetStatisticsAsync().Soon(), Is.Not.EqualTo(new PeerConnections.PeerConnectionStatistics()));
        await session.HangUpAsync().Soon();
        Assert.That(await session.GetStatisticsAsync().Soon(), Is.EqualTo(new PeerConnections.PeerConnectionStatistics()));
    }
}
