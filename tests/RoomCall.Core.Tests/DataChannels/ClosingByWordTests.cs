using RoomCall.DataChannels;

namespace RoomCall.Tests.DataChannels;

/// <summary>A channel whose engine, or the other side's, cannot show that it is closed: each side says so, and counts its messages.</summary>
internal sealed class ClosingByWordTests : ChannelFixture
{
    private readonly List<ChannelClosing> _told = [];

    [SetUp]
    public void MakeTold() => MakeTold(new FakeTransport(), Defaults);

    private void MakeTold(FakeTransport transport, DataChannelLimits limits)
    {
        _told.Clear();
        Logger = new();
        Transport = transport;
        Channel = new("sendDataChannel", DataChannelOptions.Reliable, limits, Logger, closing: (_, closing) =>
        {
            lock (_told)
            {
                _told.Add(closing);
            }
        });
    }

    [Test]
    public async Task Who_closes_is_told_of_with_the_number_of_messages_that_were_sent()
    {
        Open();
        await Channel.SendAsync("1").Soon();
        await Channel.SendAsync(new byte[] { 2 }).Soon();
        await Channel.SendAsync("").Soon();

        await Channel.CloseAsync().Soon();
        await Channel.CloseAsync().Soon();

        Assert.That(_told, Is.EqualTo(new[] { new ChannelClosing(2, 3, IsAnswer: false) }));
    }

    [Test]
    public async Task What_waits_for_room_is_sent_and_counted_before_it_is_told()
    {
        MakeTold(Transport, Defaults with { SendBufferLimit = 1 });
        Open();
        await Channel.SendAsync("1").Soon();
        Task waiting = Channel.SendAsync("2").AsTask();
        Task closing = Channel.CloseAsync();
        Assert.That(_told, Is.Empty);

        Transport.Drain();
        await waiting.Soon();
        Transport.Drain();
        await closing.Soon();

        Assert.That(_told, Is.EqualTo(new[] { new ChannelClosing(2, 2, IsAnswer: false) }));
    }

    [Test]
    public async Task What_the_engine_refused_to_send_is_not_counted()
    {
        Open();
        await Channel.SendAsync("1").Soon();
        Transport.State = DataChannelState.Connecting;
        await FailureOf(Channel.SendAsync("refused"));

        await Channel.CloseAsync().Soon();

        Assert.That(_told.Single().Messages, Is.EqualTo(1));
    }

    [Test]
    public async Task A_channel_that_the_other_side_was_seen_to_close_is_not_told()
    {
        Open();
        Transport.Closing();
        Task closing = Channel.CloseAsync();
        Transport.Closed();
        await closing.Soon();
        await Channel.CloseAsync().Soon();

        Assert.That(_told, Is.Empty);
    }

    [Test]
    public void A_channel_that_ends_with_its_connection_is_not_told()
    {
        Open();
        Channel.Abort(new IOException());

        Assert.That(_told, Is.Empty);
    }

    [Test]
    public async Task A_channel_without_an_id_cannot_be_told()
    {
        Transport.Id = null;
        Open();
        await Channel.CloseAsync().Soon();

        Assert.That(_told, Is.Empty);
        Assert.That(Transport.CloseCalled.Task.IsCompleted);
    }

    [Test]
    public async Task It_is_closed_when_as_many_messages_have_come_as_the_other_side_has_sent()
    {
        Open();
        Recorder<DataChannelState> states = new();
        Channel.States.Subscribe(states);
        await Transport.Receive("1").Soon();
        Channel.CloseAfter(3);
        await Transport.Receive("2").Soon();
        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Open));
        Assert.That(Transport.CloseCalled.Task.IsCompleted, Is.False);

        await Transport.Receive("3").Soon();

        (List<DataMessage> messages, RoomCallException? failure) = await ReadToEnd().Soon();
        await states.Completed.Soon();
        Assert.That(messages.Select(message => message.Text), Is.EqualTo(new[] { "1", "2", "3" }));
        Assert.That(failure, Is.Null);
        Assert.That(states.Values.TakeLast(2), Is.EqualTo(new[] { DataChannelState.Closing, DataChannelState.Closed }));
        Assert.That(_told, Is.EqualTo(new[] { new ChannelClosing(2, 0, IsAnswer: true) }));
    }

    [Test]
    public async Task It_is_closed_at_once_where_all_has_come_though_the_engine_never_ends_it()
    {
        Transport.ClosesAtOnce = false;
        Open();
        await Transport.Receive("1").Soon();
        Task closing = Channel.CloseAsync();

        Channel.CloseAfter(1);

        await closing.Soon();
        Assert.That((await ReadToEnd()).Failure, Is.Null);
        Assert.That(_told, Is.EqualTo(new[] { new ChannelClosing(2, 0, IsAnswer: false) }), "it was closed here first");
    }

    [Test]
    public async Task A_channel_that_may_lose_messages_does_not_wait_for_them()
    {
        MakeTold(new FakeTransport { Options = new DataChannelOptions { MaxRetransmits = 0 } }, Defaults);
        Open();
        Channel.CloseAfter(1_000);

        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Closed));
        Assert.That((await ReadToEnd().Soon()).Failure, Is.Null);
    }

    [Test]
    public async Task One_that_is_told_before_it_opens_opens_first()
    {
        Channel.Attach(Transport);
        Channel.CloseAfter(0);
        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Connecting));
        Task opened = Channel.WhenOpenAsync();

        Transport.Open();

        await opened.Soon();
        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Closed));
    }

    [TestCase(0)]
    [TestCase(long.MaxValue)]
    public async Task The_first_word_counts(long second)
    {
        Open();
        Channel.CloseAfter(1);
        Channel.CloseAfter(second);
        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Open));

        await Transport.Receive("1").Soon();

        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Closed));
    }

    [Test]
    public async Task Who_waits_to_send_is_told_that_it_is_closed()
    {
        MakeTold(Transport, Defaults with { SendBufferLimit = 1 });
        Open();
        await Channel.SendAsync("1").Soon();
        ValueTask waiting = Channel.SendAsync("nobody hears it");

        Channel.CloseAfter(0);

        Assert.That((await FailureOf(waiting)).Code, Is.EqualTo(RoomCallErrorCode.DataChannelClosed));
    }

    [Test]
    public async Task The_word_and_the_last_message_at_once_close_it_once_and_lose_nothing()
    {
        for (int round = 0; round < 300; round++)
        {
            MakeTold(new FakeTransport { ClosesAtOnce = false }, Defaults);
            Open();
            using Barrier start = new(2);
            Task arriving = Task.Run(async () =>
            {
                start.SignalAndWait();
                await Transport.Receive("1");
                await Transport.Receive("2");
            });
            Task word = Task.Run(() =>
            {
                start.SignalAndWait();
                Channel.CloseAfter(2);
            });

            (List<DataMessage> messages, RoomCallException? failure) = await ReadToEnd().Soon();
            await arriving.Soon();
            await word.Soon();

            Assert.That((messages.Count, failure, Channel.State), Is.EqualTo((2, (RoomCallException?)null, DataChannelState.Closed)));
            Assert.That(_told, Is.EqualTo(new[] { new ChannelClosing(2, 0, IsAnswer: true) }));
        }
    }

    [Test]
    public async Task The_word_and_the_opening_at_once_close_it()
    {
        for (int round = 0; round < 300; round++)
        {
            MakeTold();
            Channel.Attach(Transport);
            using Barrier start = new(2);
            Task opening = Task.Run(() =>
            {
                start.SignalAndWait();
                Transport.Open();
            });
            Task word = Task.Run(() =>
            {
                start.SignalAndWait();
                Channel.CloseAfter(0);
            });

            await Task.WhenAll(opening, word).Soon();

            Assert.That(Channel.State, Is.EqualTo(DataChannelState.Closed));
        }
    }
}
