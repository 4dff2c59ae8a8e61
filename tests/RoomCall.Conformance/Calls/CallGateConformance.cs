namespace RoomCall.Conformance;

/// <summary>The gate and local media (book rows S9 to S11, S17, S21; defects D1, D5).</summary>
public abstract class CallGateConformance : CallConformance
{
    [Test]
    public async Task S9_S10_S11_The_call_starts_only_when_media_and_peer_are_there()
    {
        (ICallSession session, ConsentSource media) = await JoinWithMediaAsync();
        CallLog log = new(session);
        ICallSession other = await JoinAsync();
        await ReachedAsync(session, CallPhase.Preparing);
        await log.SawAsync<CallEvent.SignalReceived>(received => received.Kind == SignalKind.GotUserMedia);
        Assert.That(session.State.IsStarted, Is.False);

        media.Grant();
        await TalkAsync(session, other);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Sent.First(), Is.EqualTo(SignalKind.GotUserMedia));
            Assert.That(log.Events.OfType<CallEvent.CallStarted>().Single().IsInitiator, Is.True);
            Assert.That(session.State.LocalMedia, Is.EqualTo(LocalMediaState.Ready));
        }
    }

    [Test]
    public async Task D1_An_offer_that_comes_before_local_media_waits_for_it()
    {
        ICallSession initiator = await JoinAsync();
        (ICallSession joiner, ConsentSource media) = await JoinWithMediaAsync();
        CallLog log = new(joiner);
        await log.SawAsync<CallEvent.SignalReceived>(received => received.Kind == SignalKind.Offer);
        Assert.That(joiner.State.IsStarted, Is.False);

        media.Grant();

        await TalkAsync(initiator, joiner);
    }

    [Test]
    public async Task D1_The_other_order_of_media_works_too()
    {
        (ICallSession initiator, ConsentSource media) = await JoinWithMediaAsync();
        ICallSession joiner = await JoinAsync();
        await ReachedAsync(joiner, CallPhase.Negotiating);

        media.Grant();

        await TalkAsync(initiator, joiner);
    }

    [Test]
    public async Task S21_Media_of_each_side_is_shown_to_the_other()
    {
        CallSide one = World.CreateSide();
        CallSide other = World.CreateSide();
        CallOptions first = Options();
        first.Media = one.CreateMedia();
        CallOptions second = Options();
        second.Media = other.CreateMedia();
        CallLog initiator = new(await JoinAsync(one, first));
        CallLog joiner = new(await JoinAsync(other, second));

        CallEvent.RemoteStreamAdded atInitiator = await initiator.SawAsync<CallEvent.RemoteStreamAdded>();
        CallEvent.RemoteStreamAdded atJoiner = await joiner.SawAsync<CallEvent.RemoteStreamAdded>();

        Assert.That((atInitiator.Stream.Tracks.Count, atJoiner.Stream.Tracks.Count), Is.EqualTo((2, 2)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task D5_Media_that_is_refused_ends_the_session_and_the_other_side_is_told(bool atInitiator)
    {
        (ICallSession refusing, ICallSession other, ConsentSource media) = await MeetWithMediaAsync(atInitiator, continueWithout: false);
        CallLog told = new(other);

        media.Refuse();

        Assert.That((await refusing.Completion.Soon()).Code, Is.EqualTo(CallEndCode.MediaRefused));
        Assert.That((await told.SawAsync<CallEvent.CallEnded>()).Reason.Code, Is.EqualTo(CallEndCode.RemoteMediaFailed));
        Assert.That((await ReachedAsync(other, CallPhase.Waiting)).IsInitiator, Is.True);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task D5_Media_that_fails_ends_the_session_and_the_other_side_is_told(bool atInitiator)
    {
        (ICallSession failing, ICallSession other, ConsentSource media) = await MeetWithMediaAsync(atInitiator, continueWithout: false);
        CallLog told = new(other);

        media.Fail();

        Assert.That((await failing.Completion.Soon()).Code, Is.EqualTo(CallEndCode.MediaFailed));
        Assert.That((await told.SawAsync<CallEvent.CallEnded>()).Reason.Code, Is.EqualTo(CallEndCode.RemoteMediaFailed));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task D5_A_call_may_go_on_without_media_that_is_refused(bool atInitiator)
    {
        (ICallSession refusing, ICallSession other, ConsentSource media) = await MeetWithMediaAsync(atInitiator, continueWithout: true);
        CallLog log = new(refusing);

        media.Refuse();
        await TalkAsync(refusing, other);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await log.SawAsync<CallEvent.LocalMediaAbsent>()).Reason.Code, Is.EqualTo(CallEndCode.MediaRefused));
            Assert.That(refusing.State.LocalMedia, Is.EqualTo(LocalMediaState.Absent));
        }
    }

    [Test]
    public async Task Media_is_asked_for_once_and_kept_over_the_calls_of_a_stay()
    {
        (ICallSession session, ConsentSource media) = await JoinWithMediaAsync();
        CallLog log = new(session);
        media.Grant();
        for (int call = 0; call < 3; call++)
        {
            ICallSession other = await JoinAsync();
            CallLog seen = new(other);
            await TalkAsync(session, other);
            await seen.SawAsync<CallEvent.RemoteStreamAdded>();
            await other.HangUpAsync().Soon();
            await ReachedAsync(session, CallPhase.Waiting);
        }

        Assert.That(log.Events.OfType<CallEvent.LocalMediaReady>().Count(), Is.EqualTo(1));
    }

    private async Task<(ICallSession Session, ConsentSource Media)> JoinWithMediaAsync(bool continueWithout = false)
    {
        CallSide side = World.CreateSide();
        ConsentSource media = new(side.CreateMedia());
        CallOptions options = Options();
        options.Media = media;
        options.ContinueWithoutMedia = continueWithout;
        ICallSession session = await JoinAsync(side, options);
        await media.Asked.Soon();
        return (session, media);
    }

    private async Task<(ICallSession Mine, ICallSession Other, ConsentSource Media)> MeetWithMediaAsync(bool atInitiator, bool continueWithout)
    {
        ICallSession? first = atInitiator ? null : await JoinAsync();
        (ICallSession session, ConsentSource media) = await JoinWithMediaAsync(continueWithout);
        ICallSession other = first ?? await JoinAsync();
        await session.WhenAsync(state => state.IsChannelReady).Soon();
        return (session, other, media);
    }
}
