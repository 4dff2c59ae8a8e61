using RoomCall.DataChannels;

namespace RoomCall.Conformance;

/// <summary>The closing of one data channel while the call goes on, whichever of the two engines can show it to the other side.</summary>
[TestFixture(true, true)]
[TestFixture(true, false)]
[TestFixture(false, true)]
[TestFixture(false, false)]
public abstract class CallClosingConformance(bool initiatorCan, bool joinerCan) : CallConformance
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_further_channel_is_closed_on_both_sides_after_all_that_was_sent_whoever_closes_it(bool initiatorCloses)
    {
        (ICallSession closes, ICallSession reads) = await CallAsync(initiatorCloses);
        (IDataChannel near, IDataChannel far) = await OpenAsync(closes, reads);
        string[] texts = [.. Enumerable.Range(0, 100).Select(number => $"{number}")];
        foreach (string text in texts)
        {
            await near.SendAsync(text).Soon();
        }

        Task closing = near.CloseAsync();

        Assert.That(await HearAllAsync(far).Soon(), Is.EqualTo(texts), "a normal end, after the last message");
        await closing.Soon();
        await ClosedAsync(far);
        Assert.That(near.State, Is.EqualTo(DataChannelState.Closed));
        await TalkAsync(closes, reads);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_side_that_did_not_open_a_further_channel_closes_it_too(bool initiatorCloses)
    {
        (ICallSession closes, ICallSession opens) = await CallAsync(initiatorCloses);
        (IDataChannel far, IDataChannel near) = await OpenAsync(opens, closes);
        await near.SendAsync("last words").Soon();

        Task closing = near.CloseAsync();

        Assert.That(await HearAllAsync(far).Soon(), Is.EqualTo(new[] { "last words" }));
        await closing.Soon();
        await ClosedAsync(far);
        await TalkAsync(closes, opens);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_calls_own_channel_is_closed_on_both_sides_and_the_call_stays_up(bool initiatorCloses)
    {
        (ICallSession closes, ICallSession reads) = await CallAsync(initiatorCloses);
        IDataChannel far = reads.DataChannel;
        await closes.DataChannel.SendAsync("last words").Soon();

        Task closing = closes.DataChannel.CloseAsync();

        Assert.That(await HearAllAsync(far).Soon(), Is.EqualTo(new[] { "last words" }));
        await closing.Soon();
        await reads.WhenAsync(state => state.DataChannelState == DataChannelState.Closed).Soon();
        await closes.WhenAsync(state => state.DataChannelState == DataChannelState.Closed).Soon();
        Assert.That((closes.State.Phase, reads.State.Phase), Is.EqualTo((CallPhase.Connected, CallPhase.Connected)));
        (IDataChannel near, IDataChannel further) = await OpenAsync(reads, closes);
        await near.SendAsync("still there").Soon();
        Assert.That(await HearAsync(further), Is.EqualTo("still there"));
    }

    [Test]
    public async Task When_both_close_at_once_both_see_a_normal_end()
    {
        (ICallSession one, ICallSession other) = await CallAsync(true);
        (IDataChannel near, IDataChannel far) = await OpenAsync(one, other);

        await Task.WhenAll(near.CloseAsync(), far.CloseAsync()).Soon();

        Assert.That((await HearAllAsync(near).Soon()).Count + (await HearAllAsync(far).Soon()).Count, Is.Zero);
        await TalkAsync(one, other);
    }

    [Test]
    public async Task A_channel_that_may_lose_messages_is_closed_on_both_sides()
    {
        (ICallSession one, ICallSession other) = await CallAsync(true);
        DataChannelOptions options = new() { Ordered = false, MaxRetransmits = 0 };
        if (!World.CreateSide().Engine.Capabilities.UnreliableDataChannels)
        {
            Assert.That(async () => await one.OpenDataChannelAsync("loose", options), Throws.InstanceOf<NotSupportedException>());
            return;
        }

        (IDataChannel near, IDataChannel far) = await OpenAsync(one, other, options);
        await near.SendAsync("perhaps").Soon();

        await near.CloseAsync().Soon();

        await ClosedAsync(far);
        Assert.That((await HearAllAsync(far).Soon()).Count, Is.LessThanOrEqualTo(1));
    }

    [Test]
    public async Task Many_channels_one_after_another_are_each_closed_for_themselves()
    {
        (ICallSession one, ICallSession other) = await CallAsync(true);
        (IDataChannel stays, IDataChannel staysFar) = await OpenAsync(one, other);
        for (int i = 0; i < 20; i++)
        {
            (ICallSession opens, ICallSession accepts) = i % 2 == 0 ? (one, other) : (other, one);
            (IDataChannel near, IDataChannel far) = await OpenAsync(opens, accepts, label: $"file {i}");
            await near.SendAsync($"{i}").Soon();
            await near.CloseAsync().Soon();
            Assert.That(await HearAllAsync(far).Soon(), Is.EqualTo(new[] { $"{i}" }));
        }

        await stays.SendAsync("still open").Soon();
        Assert.That(await HearAsync(staysFar), Is.EqualTo("still open"));
    }

    [Test]
    public async Task A_stream_ends_whole_on_the_other_side()
    {
        (ICallSession one, ICallSession other) = await CallAsync(true);
        (IDataChannel near, IDataChannel far) = await OpenAsync(one, other);
        byte[] file = new byte[300_000];
        Random.Shared.NextBytes(file);
        Task sending = SendAsync(near, file);

        using MemoryStream received = new();
        await using (DataChannelStream stream = far.AsStream())
        {
            await stream.CopyToAsync(received).Soon();
        }

        await sending.Soon();
        Assert.That(received.ToArray(), Is.EqualTo(file));
        await ClosedAsync(near);
        await ClosedAsync(far);
    }

    [Test]
    public async Task It_is_told_by_way_of_the_server_only_where_an_engine_needs_it()
    {
        (ICallSession one, ICallSession other) = await CallAsync(true);
        CallLog log = new(one);
        (IDataChannel near, IDataChannel far) = await OpenAsync(one, other);

        await near.CloseAsync().Soon();
        await ClosedAsync(far);
        await TalkAsync(one, other);

        Assert.That(log.Sent.Count(kind => kind == SignalKind.CloseChannel), Is.EqualTo(initiatorCan && joinerCan ? 0 : 1));
    }

    [Test]
    public async Task S24_A_hang_up_delivers_what_was_sent_and_needs_no_time_out_for_it()
    {
        ICallSession leaves = await JoinAsync(World.CreateSide(canCloseChannels: initiatorCan));
        ICallSession stays = await JoinAsync(World.CreateSide(canCloseChannels: joinerCan));
        await TalkAsync(leaves, stays);
        CallLog log = new(leaves);
        IDataChannel far = stays.DataChannel;
        await leaves.DataChannel.SendAsync("last words").Soon();

        await leaves.HangUpAsync().Soon();

        Assert.That(await HearAsync(far), Is.EqualTo("last words"));
        await ReachedAsync(stays, CallPhase.Waiting);
        Assert.That(log.Sent.Contains(SignalKind.CloseChannel), Is.EqualTo(initiatorCan && !joinerCan), "only its own engine waits for the other's end");
        AssertEnded(leaves, CallEndCode.HungUp);
    }

    private static async Task SendAsync(IDataChannel channel, byte[] file)
    {
        await using DataChannelStream stream = channel.AsStream();
        await stream.WriteAsync(file);
        await stream.CompleteWritesAsync();
    }

    private static async Task<(IDataChannel Near, IDataChannel Far)> OpenAsync(
        ICallSession opens, ICallSession accepts, DataChannelOptions? options = null, string label = "files")
    {
        Task<IDataChannel> accepting = accepts.AcceptDataChannelAsync(label);
        return (await opens.OpenDataChannelAsync(label, options).Soon(), await accepting.Soon());
    }

    private static async Task ClosedAsync(IDataChannel channel)
    {
        StateWatch watch = new();
        using IDisposable watching = channel.States.Subscribe(watch);
        await watch.Completed.Soon();
        Assert.That(channel.State, Is.EqualTo(DataChannelState.Closed));
    }

    /// <summary>A call of the two engines, the initiator first or second.</summary>
    private async Task<(ICallSession One, ICallSession Other)> CallAsync(bool initiatorFirst)
    {
        ICallSession initiator = await JoinAsync(World.CreateSide(canCloseChannels: initiatorCan));
        ICallSession joiner = await JoinAsync(World.CreateSide(canCloseChannels: joinerCan));
        await TalkAsync(initiator, joiner);
        return initiatorFirst ? (initiator, joiner) : (joiner, initiator);
    }

    private sealed class StateWatch : IObserver<DataChannelState>
    {
        private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Completed => _completed.Task;

        public void OnNext(DataChannelState value)
        {
        }

        public void OnCompleted() => _completed.TrySetResult();

        public void OnError(Exception error) => _completed.TrySetException(error);
    }
}
