using RoomCall.DataChannels;

namespace RoomCall.Conformance;

/// <summary>The data channels of a call (book rows S18, S22, S23; defect D11).</summary>
public abstract class CallDataChannelConformance : CallConformance
{
    [Test]
    public async Task S18_S22_The_call_has_one_reliable_channel_that_both_sides_use()
    {
        (ICallSession initiator, ICallSession joiner) = await CallAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((initiator.DataChannel.Label, joiner.DataChannel.Label), Is.EqualTo(("sendDataChannel", "sendDataChannel")));
            Assert.That(initiator.DataChannel.Options.IsReliable && initiator.DataChannel.Options.Ordered, Is.True);
            Assert.That((initiator.State.DataChannelState, joiner.State.DataChannelState), Is.EqualTo((DataChannelState.Open, DataChannelState.Open)));
        }
    }

    [Test]
    public async Task S23_D11_What_is_sent_before_the_call_waits_and_arrives_in_order_from_both_sides()
    {
        ICallSession initiator = await JoinAsync();
        IDataChannel early = initiator.DataChannel;
        await early.SendAsync("1").Soon();
        await early.SendAsync("2").Soon();
        ICallSession joiner = await JoinAsync();
        await joiner.DataChannel.SendAsync("a").Soon();
        await joiner.DataChannel.SendAsync("b").Soon();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { await HearAsync(joiner.DataChannel), await HearAsync(joiner.DataChannel) }, Is.EqualTo(new[] { "1", "2" }));
            Assert.That(new[] { await HearAsync(early), await HearAsync(early) }, Is.EqualTo(new[] { "a", "b" }));
        }
    }

    [Test]
    public async Task D11_Sending_on_a_channel_whose_call_is_over_fails_with_its_code()
    {
        (ICallSession initiator, ICallSession joiner) = await CallAsync();
        IDataChannel channel = initiator.DataChannel;
        await joiner.HangUpAsync().Soon();
        await ReachedAsync(initiator, CallPhase.Waiting);

        Assert.That(
            async () => await channel.SendAsync("too late"),
            Throws.TypeOf<RoomCallException>().With.Property(nameof(RoomCallException.Code)).EqualTo(RoomCallErrorCode.DataChannelClosed));
    }

    [Test]
    public async Task D11_What_does_not_fit_into_the_queue_before_opening_is_refused_with_its_code()
    {
        CallOptions options = Options();
        options.SendQueueLimit = 4;
        ICallSession alone = await JoinAsync(options: options);
        await alone.DataChannel.SendAsync("1234").Soon();

        Assert.That(
            async () => await alone.DataChannel.SendAsync("5"),
            Throws.TypeOf<RoomCallException>().With.Property(nameof(RoomCallException.Code)).EqualTo(RoomCallErrorCode.SendQueueFull));
    }

    [Test]
    public async Task A_further_channel_is_opened_by_either_side_and_accepted_by_its_label()
    {
        (ICallSession initiator, ICallSession joiner) = await CallAsync();
        Task<IDataChannel> accepting = joiner.AcceptDataChannelAsync("files");
        IDataChannel chat = await initiator.OpenDataChannelAsync("chat").Soon();
        IDataChannel files = await initiator.OpenDataChannelAsync("files").Soon();
        IDataChannel back = await joiner.OpenDataChannelAsync("back").Soon();

        await files.SendAsync("a file").Soon();
        await chat.SendAsync("a word").Soon();
        await back.SendAsync("a reply").Soon();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await HearAsync(await accepting.Soon()), Is.EqualTo("a file"));
            Assert.That(await HearAsync(await joiner.AcceptDataChannelAsync().Soon()), Is.EqualTo("a word"));
            Assert.That(await HearAsync(await initiator.AcceptDataChannelAsync().Soon()), Is.EqualTo("a reply"));
        }
    }

    [Test]
    public async Task D7_A_further_channel_that_nobody_took_is_not_given_to_who_asks_in_the_next_call()
    {
        (ICallSession stays, ICallSession leaves) = await CallAsync();
        Task<CallEvent.DataChannelReceived> received = new CallLog(stays).SawAsync<CallEvent.DataChannelReceived>();
        IDataChannel old = await leaves.OpenDataChannelAsync("files").Soon();
        await old.SendAsync("of the last call").Soon();
        await received;
        await leaves.HangUpAsync().Soon();
        await ReachedAsync(stays, CallPhase.Waiting);

        ICallSession next = await JoinAsync();
        await TalkAsync(stays, next);
        IDataChannel files = await next.OpenDataChannelAsync("files").Soon();
        await files.SendAsync("of this call").Soon();

        Assert.That(await HearAsync(await stays.AcceptDataChannelAsync("files").Soon()), Is.EqualTo("of this call"));
    }

    [Test]
    public async Task D4_Who_reads_a_further_channel_is_told_that_it_was_cut_off_when_the_peer_vanishes()
    {
        CallSide side = World.CreateSide();
        ICallSession stays = await JoinAsync();
        ICallSession vanishes = await JoinAsync(side);
        await TalkAsync(stays, vanishes);
        IDataChannel further = await stays.OpenDataChannelAsync("files").Soon();

        side.Vanish();

        Assert.That(async () => await HearAllAsync(further).Soon(), Throws.TypeOf<RoomCallException>());
    }

    [Test]
    public async Task A_further_channel_needs_a_connected_call_and_a_label_of_its_own()
    {
        ICallSession initiator = await JoinAsync();
        Assert.That(
            () => initiator.OpenDataChannelAsync("chat"),
            Throws.TypeOf<RoomCallException>().With.Property(nameof(RoomCallException.Code)).EqualTo(RoomCallErrorCode.NotConnected));
        ICallSession joiner = await JoinAsync();
        await TalkAsync(initiator, joiner);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => initiator.OpenDataChannelAsync("sendDataChannel"), Throws.ArgumentException);
            Assert.That(() => initiator.OpenDataChannelAsync(new string('x', 65_536)), Throws.ArgumentException);
        }
    }

    [Test]
    public async Task Who_waits_to_accept_a_channel_is_told_of_the_end_of_the_session_and_may_give_up()
    {
        (ICallSession initiator, ICallSession joiner) = await CallAsync();
        using CancellationTokenSource enough = new();
        Task<IDataChannel> givesUp = joiner.AcceptDataChannelAsync("a", enough.Token);
        Task<IDataChannel> waits = joiner.AcceptDataChannelAsync("b");
        await enough.CancelAsync();
        Assert.That(async () => await givesUp.Soon(), Throws.InstanceOf<OperationCanceledException>());

        await joiner.HangUpAsync().Soon();

        Assert.That(
            async () => await waits.Soon(),
            Throws.TypeOf<RoomCallException>().With.Property(nameof(RoomCallException.Code)).EqualTo(RoomCallErrorCode.SessionEnded));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_channel_that_its_user_closes_before_the_call_is_replaced_for_it(bool atInitiator)
    {
        ICallSession initiator = await JoinAsync();
        ICallSession? joiner = null;
        if (atInitiator)
        {
            await initiator.DataChannel.CloseAsync().Soon();
            joiner = await JoinAsync();
        }
        else
        {
            CallSide side = World.CreateSide();
            ConsentSource media = new(side.CreateMedia());
            CallOptions options = Options();
            options.Media = media;
            joiner = await JoinAsync(side, options);
            await joiner.DataChannel.CloseAsync().Soon();
            media.Grant();
        }

        await TalkAsync(initiator, joiner);
    }

    [Test]
    public async Task Closing_the_calls_own_channel_during_the_call_leaves_the_call_up()
    {
        (ICallSession initiator, ICallSession joiner) = await CallAsync();

        await initiator.DataChannel.CloseAsync().Soon();
        await joiner.WhenAsync(state => state.DataChannelState == DataChannelState.Closed).Soon();

        Assert.That((initiator.State.Phase, joiner.State.Phase), Is.EqualTo((CallPhase.Connected, CallPhase.Connected)));
    }
}
