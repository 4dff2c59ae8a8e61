using RoomCall.DataChannels;

namespace RoomCall.Conformance;

/// <summary>Hanging up, and the next call (book rows S15, S24 to S26; defects D3, D7).</summary>
public abstract class CallHangUpConformance : CallConformance
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task S15_S24_S25_S26_A_hang_up_stops_both_sides_and_says_bye(bool initiatorHangsUp)
    {
        (ICallSession initiator, ICallSession joiner) = await CallAsync();
        (ICallSession leaving, ICallSession staying) = initiatorHangsUp ? (initiator, joiner) : (joiner, initiator);
        CallLog ofLeaving = new(leaving);
        CallLog ofStaying = new(staying);
        IDataChannel channel = staying.DataChannel;

        await leaving.HangUpAsync().Soon();
        CallEvent.CallEnded ended = await ofStaying.SawAsync<CallEvent.CallEnded>();
        CallState after = await ReachedAsync(staying, CallPhase.Waiting);

        using (Assert.EnterMultipleScope())
        {
            AssertEnded(leaving, CallEndCode.HungUp);
            Assert.That(ofLeaving.Sent.Last(), Is.EqualTo(SignalKind.Bye));
            Assert.That(ended.Reason.Code, Is.EqualTo(CallEndCode.RemoteHungUp));
            Assert.That((after.IsStarted, after.IsChannelReady, after.Remote), Is.EqualTo((false, false, (string?)null)));
            Assert.That(await HearAllAsync(channel).Soon(), Is.Empty);
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task D3_Who_stays_is_the_initiator_and_calls_the_next_one_who_comes_five_times(bool initiatorHangsUp)
    {
        (ICallSession initiator, ICallSession joiner) = await CallAsync();
        for (int call = 0; call < 5; call++)
        {
            (ICallSession leaving, ICallSession staying) = initiatorHangsUp ? (initiator, joiner) : (joiner, initiator);
            await leaving.HangUpAsync().Soon();
            Assert.That((await ReachedAsync(staying, CallPhase.Waiting)).IsInitiator, Is.True);

            initiator = staying;
            joiner = await JoinAsync();
            await TalkAsync(initiator, joiner);
            Assert.That((initiator.State.IsInitiator, joiner.State.IsInitiator), Is.EqualTo((true, false)));
        }
    }

    [Test]
    public async Task D3_One_who_comes_while_the_other_is_still_hanging_up_gets_its_call()
    {
        (ICallSession initiator, ICallSession joiner) = await CallAsync();
        Task hangingUp = initiator.HangUpAsync();
        ICallSession? next = null;
        long start = TimeProvider.System.GetTimestamp();
        while (next is null)
        {
            Assert.That(TimeProvider.System.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(30)), "the place is never given back");
            try
            {
                next = await JoinAsync();
            }
            catch (RoomCallException full) when (full.EndReason?.Code == CallEndCode.RoomFull)
            {
            }
        }

        await hangingUp.Soon();
        await TalkAsync(joiner, next);
    }

    [Test]
    public async Task S25_Who_ends_its_session_when_the_other_leaves_has_a_normal_end()
    {
        CallOptions options = Options();
        options.WhenRemoteLeaves = RemoteLeftPolicy.EndSession;
        (ICallSession initiator, ICallSession joiner) = await CallAsync(joiner: options);

        await initiator.HangUpAsync().Soon();

        CallEndReason reason = await joiner.Completion.Soon();
        Assert.That((reason.Code, reason.IsNormal), Is.EqualTo((CallEndCode.RemoteHungUp, true)));
    }

    [Test]
    public async Task S24_What_was_sent_just_before_a_hang_up_arrives()
    {
        (ICallSession initiator, ICallSession joiner) = await CallAsync();
        IDataChannel channel = joiner.DataChannel;
        for (int number = 0; number < 100; number++)
        {
            await initiator.DataChannel.SendAsync($"{number}").Soon();
        }

        await PassUntilAsync(initiator.HangUpAsync());

        Assert.That(await HearAllAsync(channel).Soon(), Is.EqualTo(Enumerable.Range(0, 100).Select(number => $"{number}")));
    }

    [Test]
    public async Task Both_may_hang_up_at_the_same_moment()
    {
        (ICallSession initiator, ICallSession joiner) = await CallAsync();

        await Task.WhenAll(initiator.HangUpAsync(), joiner.HangUpAsync()).Soon();

        using (Assert.EnterMultipleScope())
        {
            AssertEnded(initiator, CallEndCode.HungUp);
            AssertEnded(joiner, CallEndCode.HungUp);
        }
    }

    [Test]
    public async Task Hanging_up_twice_and_disposing_after_it_are_one_hang_up()
    {
        (ICallSession initiator, ICallSession joiner) = await CallAsync();
        CallLog log = new(initiator);

        await Task.WhenAll(initiator.HangUpAsync(), initiator.HangUpAsync()).Soon();
        await initiator.HangUpAsync().Soon();
        await initiator.DisposeAsync().Soon();
        await initiator.DisposeAsync().Soon();

        Assert.That(log.Sent.Count(kind => kind == SignalKind.Bye), Is.EqualTo(1));
    }

    [TestCase(CallPhase.Waiting)]
    [TestCase(CallPhase.Preparing)]
    [TestCase(CallPhase.Negotiating)]
    [TestCase(CallPhase.Connecting)]
    [TestCase(CallPhase.Connected)]
    public async Task A_hang_up_from_an_observer_in_any_phase_ends_the_session_and_tells_the_other(CallPhase phase)
    {
        CallSide side = World.CreateSide(isUnreachable: phase == CallPhase.Connecting);
        CallOptions options = Options();
        options.Media = phase == CallPhase.Preparing ? new ConsentSource(side.CreateMedia()) : side.CreateMedia();
        ICallSession initiator = await JoinAsync(side, options);
        initiator.States.Subscribe(state =>
        {
            if (state.Phase == phase)
            {
                _ = initiator.HangUpAsync();
            }
        });
        if (phase == CallPhase.Waiting)
        {
            await initiator.Completion.Soon();
        }
        else
        {
            ICallSession joiner = await JoinAsync();
            CallLog log = new(joiner);
            await initiator.Completion.Soon();
            Assert.That((await log.SawAsync<CallEvent.CallEnded>()).Reason.Code, Is.EqualTo(CallEndCode.RemoteHungUp));
        }

        AssertEnded(initiator, CallEndCode.HungUp);
    }

    [Test]
    public async Task A_hang_up_before_the_connection_does_not_wait_to_deliver_what_cannot_be_delivered()
    {
        // The other side never answers, since its media never comes.
        ICallSession initiator = await JoinAsync();
        await initiator.DataChannel.SendAsync("this will not arrive").Soon();
        CallSide side = World.CreateSide();
        CallOptions options = Options();
        options.Media = new ConsentSource(side.CreateMedia());
        CallLog log = new(await JoinAsync(side, options));
        await ReachedAsync(initiator, CallPhase.Negotiating);

        await initiator.HangUpAsync().Soon();

        Assert.That((await log.SawAsync<CallEvent.CallEnded>()).Reason.Code, Is.EqualTo(CallEndCode.RemoteHungUp));
    }
}
