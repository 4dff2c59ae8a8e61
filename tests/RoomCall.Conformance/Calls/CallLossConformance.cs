namespace RoomCall.Conformance;

/// <summary>The loss of a peer, of the server, and of the connection between the peers (defects D4, D10, D11).</summary>
public abstract class CallLossConformance : CallConformance
{
    private static readonly CallTimeouts Repairing = NoLimits with
    {
        Disconnected = TimeSpan.FromSeconds(5),
        Recovery = TimeSpan.FromSeconds(60),
    };

    [TestCase(true)]
    [TestCase(false)]
    public async Task D4_A_peer_that_vanishes_is_noticed_and_its_place_is_free(bool initiatorVanishes)
    {
        CallSide one = World.CreateSide();
        CallSide other = World.CreateSide();
        ICallSession initiator = await JoinAsync(one);
        ICallSession joiner = await JoinAsync(other);
        await TalkAsync(initiator, joiner);
        ICallSession staying = initiatorVanishes ? joiner : initiator;
        CallLog log = new(staying);
        Task<List<string>> reading = HearAllAsync(staying.DataChannel);

        (initiatorVanishes ? one : other).Vanish();

        CallEndReason reason = (await log.SawAsync<CallEvent.CallEnded>()).Reason;
        RoomCallException cutOff = (await Assert.ThrowsAsync<RoomCallException>(() => reading.Soon()))!;
        Assert.That((reason.Code, cutOff.Code), Is.EqualTo((CallEndCode.RemoteVanished, RoomCallErrorCode.DataChannelClosed)));
        Assert.That($"{cutOff.Message} {cutOff.InnerException?.Message}", Does.Contain(reason.Detail));
        Assert.That((await ReachedAsync(staying, CallPhase.Waiting)).IsInitiator, Is.True);
        await TalkAsync(staying, await JoinAsync());
    }

    [Test]
    public async Task D4_A_peer_that_vanishes_ends_a_session_that_wants_so()
    {
        CallOptions options = Options();
        options.WhenRemoteLeaves = RemoteLeftPolicy.EndSession;
        ICallSession initiator = await JoinAsync(options: options);
        CallSide other = World.CreateSide();
        await TalkAsync(initiator, await JoinAsync(other));

        other.Vanish();

        CallEndReason reason = await initiator.Completion.Soon();
        Assert.That((reason.Code, reason.IsNormal), Is.EqualTo((CallEndCode.RemoteVanished, false)));
    }

    [Test]
    public async Task D11_A_session_whose_server_is_lost_ends_with_its_code()
    {
        CallSide side = World.CreateSide();
        ICallSession initiator = await JoinAsync(side);
        ICallSession joiner = await JoinAsync();
        await TalkAsync(initiator, joiner);
        CallLog log = new(joiner);

        side.LoseSignaling();

        Assert.That((await initiator.Completion.Soon()).Code, Is.EqualTo(CallEndCode.SignalingLost));
        Assert.That((await log.SawAsync<CallEvent.CallEnded>()).Reason.Code, Is.EqualTo(CallEndCode.RemoteVanished));
    }

    [Test]
    public async Task An_interruption_of_the_signaling_harms_no_call()
    {
        CallSide side = World.CreateSide();
        ICallSession initiator = await JoinAsync(side, Options(limits => limits with { Signaling = TimeSpan.FromSeconds(30) }));
        ICallSession joiner = await JoinAsync();
        await TalkAsync(initiator, joiner);

        side.InterruptSignaling();
        await initiator.WhenAsync(state => state.IsSignalingInterrupted).Soon();
        await TalkAsync(initiator, joiner);
        side.ResumeSignaling();
        await initiator.WhenAsync(state => !state.IsSignalingInterrupted).Soon();
        await joiner.HangUpAsync().Soon();

        await ReachedAsync(initiator, CallPhase.Waiting);
    }

    [Test]
    public async Task D11_What_is_said_while_the_signaling_is_interrupted_arrives_after_it()
    {
        CallSide side = World.CreateSide();
        ICallSession initiator = await JoinAsync(side);
        side.InterruptSignaling();
        await initiator.WhenAsync(state => state.IsSignalingInterrupted).Soon();
        ICallSession joiner = await JoinAsync();

        side.ResumeSignaling();

        await TalkAsync(initiator, joiner);
    }

    [TestCase(true, true)]
    [TestCase(true, false)]
    [TestCase(false, true)]
    [TestCase(false, false)]
    public async Task D10_A_connection_that_is_lost_is_repaired(bool initiatorCanRestart, bool joinerCanRestart)
    {
        CallSide one = World.CreateSide(canRestartIce: initiatorCanRestart);
        ICallSession initiator = await JoinAsync(one, Options(_ => Repairing));
        ICallSession joiner = await JoinAsync(World.CreateSide(canRestartIce: joinerCanRestart), Options(_ => Repairing));
        await TalkAsync(initiator, joiner);
        CallLog log = new(initiator);
        DataChannels.IDataChannel before = initiator.DataChannel;

        one.Disconnect();
        await PassUntilAsync(Task.WhenAll(ReachedAsync(initiator, CallPhase.Recovering), ReachedAsync(joiner, CallPhase.Recovering)));
        one.Reconnect();
        await PassUntilAsync(Task.WhenAll(ReachedAsync(initiator, CallPhase.Connected), ReachedAsync(joiner, CallPhase.Connected)));
        await TalkAsync(initiator, joiner);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(initiator.State.Generation, Is.GreaterThan(1));
            Assert.That(initiator.State.Generation, Is.EqualTo(joiner.State.Generation));
            Assert.That(log.Events.OfType<CallEvent.RecoveryStarted>(), Is.Not.Empty);
            Assert.That(
                initiator.DataChannel == before, Is.EqualTo(one.Engine.Capabilities.IceRestart && initiatorCanRestart && joinerCanRestart));
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task D10_A_connection_that_is_never_repaired_ends_the_call_on_both_sides(bool canRestartIce)
    {
        CallSide one = World.CreateSide(canRestartIce);
        ICallSession initiator = await JoinAsync(one, Options(_ => Repairing));
        ICallSession joiner = await JoinAsync(World.CreateSide(canRestartIce), Options(_ => Repairing));
        await TalkAsync(initiator, joiner);
        CallLog atInitiator = new(initiator);
        CallLog atJoiner = new(joiner);

        one.Disconnect();
        await PassUntilAsync(Task.WhenAll(atInitiator.SawAsync<CallEvent.CallEnded>(), atJoiner.SawAsync<CallEvent.CallEnded>()));

        // Who sees it first ends, and tells the other.
        CallEndCode[] codes =
        [
            (await atInitiator.SawAsync<CallEvent.CallEnded>()).Reason.Code,
            (await atJoiner.SawAsync<CallEvent.CallEnded>()).Reason.Code,
        ];
        Assert.That(codes, Does.Contain(CallEndCode.ConnectionLost).And.All.AnyOf(CallEndCode.ConnectionLost, CallEndCode.RemoteFailed));
    }

    [Test]
    public async Task D10_A_hang_up_that_is_delivering_ends_when_the_connection_is_lost()
    {
        CallSide one = World.CreateSide();
        ICallSession initiator = await JoinAsync(one);
        ICallSession joiner = await JoinAsync();
        await TalkAsync(initiator, joiner);
        CallLog log = new(joiner);
        one.Disconnect();
        await initiator.DataChannel.SendAsync("this cannot arrive").Soon();

        await PassUntilAsync(initiator.HangUpAsync());

        Assert.That((await log.SawAsync<CallEvent.CallEnded>()).Reason.Code, Is.EqualTo(CallEndCode.RemoteHungUp));
    }

    [Test]
    public async Task D10_A_short_loss_needs_no_repair()
    {
        CallSide one = World.CreateSide();
        ICallSession initiator = await JoinAsync(one, Options(_ => Repairing with { Disconnected = TimeSpan.FromHours(1) }));
        ICallSession joiner = await JoinAsync(options: Options(_ => Repairing with { Disconnected = TimeSpan.FromHours(1) }));
        await TalkAsync(initiator, joiner);

        one.Disconnect();
        await PassUntilAsync(initiator.WhenAsync(state => state.ConnectionState == PeerConnections.PeerConnectionState.Disconnected));
        one.Reconnect();
        await PassUntilAsync(initiator.WhenAsync(state => state.ConnectionState == PeerConnections.PeerConnectionState.Connected));
        await TalkAsync(initiator, joiner);

        Assert.That(initiator.State.Generation, Is.EqualTo(1));
    }
}
