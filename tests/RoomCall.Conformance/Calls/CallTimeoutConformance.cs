using RoomCall.Media;

namespace RoomCall.Conformance;

/// <summary>Each phase has its deadline, and the other side is told (defects D5, D6). For worlds with a virtual clock.</summary>
public abstract class CallTimeoutConformance : CallConformance
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    [Test]
    public async Task D6_Nobody_comes()
    {
        ICallSession session = await JoinAsync(options: Options(limits => limits with { Wait = Limit }));

        Assert.That((await EndAfterAsync(session, Limit)).Code, Is.EqualTo(CallEndCode.NobodyCame));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task D5_D6_Local_media_never_comes(bool atInitiator)
    {
        ICallSession? first = atInitiator ? null : await JoinAsync();
        ICallSession session = await JoinAsync(World.CreateSide(), WithoutMedia(limits => limits with { Media = Limit }));
        CallLog other = new(first ?? await JoinAsync());

        Assert.That((await EndAfterAsync(session, Limit)).Code, Is.EqualTo(CallEndCode.MediaTimedOut));
        Assert.That((await other.SawAsync<CallEvent.CallEnded>()).Reason.Code, Is.EqualTo(CallEndCode.RemoteMediaFailed));
    }

    [Test]
    public async Task D5_D6_A_call_may_go_on_when_local_media_never_comes()
    {
        CallOptions options = WithoutMedia(limits => limits with { Media = Limit });
        options.ContinueWithoutMedia = true;
        ICallSession session = await JoinAsync(World.CreateSide(), options);
        ICallSession other = await JoinAsync();

        await PassUntilAsync(session.WhenDataChannelOpenAsync());
        await TalkAsync(session, other);

        Assert.That(session.State.LocalMedia, Is.EqualTo(LocalMediaState.Absent));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task D6_The_other_sides_media_never_comes(bool atInitiator)
    {
        CallOptions waiting = Options(limits => limits with { Media = Limit, Negotiation = Limit });
        ICallSession? first = atInitiator ? await JoinAsync(options: waiting) : null;
        CallLog other = new(await JoinAsync(World.CreateSide(), WithoutMedia(limits => limits)));
        ICallSession session = first ?? await JoinAsync(options: waiting);

        Assert.That((await EndAfterAsync(session, Limit * 2)).Code, Is.EqualTo(CallEndCode.NegotiationTimedOut));
        Assert.That((await other.SawAsync<CallEvent.CallEnded>()).Reason.Code, Is.EqualTo(CallEndCode.RemoteFailed));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task D6_No_offer_or_no_answer_comes_though_the_other_side_has_its_media(bool atInitiator)
    {
        CallOptions waiting = Options(limits => limits with { Negotiation = Limit });
        ICallSession? first = atInitiator ? await JoinAsync(options: waiting) : null;
        await using RoomGuestOfCall guest = await RoomGuestOfCall.EnterAsync(World.CreateSide().Signaler);
        ICallSession session = first ?? await JoinAsync(options: waiting);
        await session.WhenAsync(state => state.IsChannelReady).Soon();
        await guest.SendAsync(session.State.Self!, "\"got user media\"");

        Assert.That((await EndAfterAsync(session, Limit)).Code, Is.EqualTo(CallEndCode.NegotiationTimedOut));
        Assert.That(await guest.UntilByeAsync(), Does.Contain("negotiation-timed-out"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task D6_No_connection_comes_about(bool atInitiator)
    {
        CallOptions waiting = Options(limits => limits with { Connection = TimeSpan.FromSeconds(10) });
        CallOptions patient = Options();
        ICallSession initiator = await JoinAsync(World.CreateSide(isUnreachable: true), atInitiator ? waiting : patient);
        ICallSession joiner = await JoinAsync(World.CreateSide(isUnreachable: true), atInitiator ? patient : waiting);
        (ICallSession session, ICallSession other) = atInitiator ? (initiator, joiner) : (joiner, initiator);
        CallLog log = new(other);

        Assert.That((await EndAfterAsync(session, TimeSpan.FromSeconds(10))).Code, Is.EqualTo(CallEndCode.ConnectionTimedOut));
        Assert.That((await log.SawAsync<CallEvent.CallEnded>()).Reason.Code, Is.EqualTo(CallEndCode.RemoteFailed));
    }

    [Test]
    public async Task D6_The_data_channel_never_opens()
    {
        // The two sides have other names for it, so that the joiner waits for one that never comes.
        CallOptions options = Options(limits => limits with { DataChannel = Limit });
        options.DataChannelLabel = "another";
        ICallSession initiator = await JoinAsync();
        CallLog log = new(initiator);
        ICallSession joiner = await JoinAsync(options: options);

        Assert.That((await EndAfterAsync(joiner, Limit)).Code, Is.EqualTo(CallEndCode.DataChannelTimedOut));
        Assert.That((await log.SawAsync<CallEvent.CallEnded>()).Reason.Code, Is.EqualTo(CallEndCode.RemoteFailed));
    }

    [Test]
    public async Task D6_The_signaling_is_never_repaired()
    {
        CallSide side = World.CreateSide();
        ICallSession session = await JoinAsync(side, Options(limits => limits with { Signaling = Limit, HangUp = TimeSpan.FromSeconds(5) }));
        CallLog other = new(await JoinAsync());
        await session.WhenConnectedAsync().Soon();

        side.InterruptSignaling();

        Assert.That((await EndAfterAsync(session, Limit)).Code, Is.EqualTo(CallEndCode.SignalingLost));
        Assert.That((await other.SawAsync<CallEvent.CallEnded>()).Reason.Code, Is.EqualTo(CallEndCode.RemoteVanished));
    }

    [Test]
    public async Task D6_A_hang_up_that_cannot_deliver_ends_all_the_same()
    {
        CallSide side = World.CreateSide();
        TimeSpan limit = TimeSpan.FromSeconds(5);
        ICallSession session = await JoinAsync(side, Options(limits => limits with { HangUp = limit }));
        CallLog other = new(await JoinAsync());
        await session.WhenDataChannelOpenAsync().Soon();
        side.Disconnect();
        await session.DataChannel.SendAsync("this cannot arrive").Soon();

        Task hangingUp = session.HangUpAsync();

        Assert.That((await EndAfterAsync(session, limit)).Code, Is.EqualTo(CallEndCode.HungUp));
        Assert.That((await other.SawAsync<CallEvent.CallEnded>()).Reason.Code, Is.EqualTo(CallEndCode.RemoteHungUp));
        await hangingUp.Soon();
    }

    private static CallOptions WithoutMedia(Func<CallTimeouts, CallTimeouts> limit)
    {
        CallOptions options = Options(limit);
        options.Media = new SilentSource();
        return options;
    }

    /// <summary>A user who never decides.</summary>
    private sealed class SilentSource : IMediaSource
    {
        public async ValueTask<IMediaStream> OpenAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException();
        }
    }
}
