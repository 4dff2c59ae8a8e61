using RoomCall.DataChannels;

namespace RoomCall.Tests.DataChannels;

internal sealed class ReceivingTests : ChannelFixture
{
    [Test]
    public async Task S22_what_arrives_is_read_in_order_whichever_side_opened_the_channel()
    {
        Transport.State = DataChannelState.Open;
        Channel.Attach(Transport);
        await Transport.Receive("one").Soon();
        await Transport.Receive("two").Soon();
        await Channel.SendAsync("back").Soon();

        Assert.That(await ReadTexts(2).Soon(), Is.EqualTo(["one", "two"]));
        Assert.That(Transport.Sent.Single().Text, Is.EqualTo("back"));
    }

    [Test]
    public async Task Several_readers_share_the_messages()
    {
        Open();
        Task<(List<DataMessage> Messages, RoomCallException?)>[] readers = [.. Enumerable.Range(0, 4).Select(_ => ReadToEnd())];
        for (int i = 0; i < 1000; i++)
        {
            await Transport.Receive($"{i}").Soon();
        }

        Transport.Closed();
        IEnumerable<string> all = (await Task.WhenAll(readers).Soon()).SelectMany(reader => reader.Messages).Select(message => message.Text);
        Assert.That(all, Is.EquivalentTo(Enumerable.Range(0, 1000).Select(i => $"{i}")));
    }

    [Test]
    public async Task Cancelling_a_reader_loses_no_message()
    {
        Open();
        using CancellationTokenSource cancel = new();
        IAsyncEnumerator<DataMessage> reader = Channel.ReadAllAsync(cancel.Token).GetAsyncEnumerator();
        Task<bool> waiting = reader.MoveNextAsync().AsTask();
        await cancel.CancelAsync();
        Assert.That(async () => await waiting.Soon(), Throws.InstanceOf<OperationCanceledException>());

        await Transport.Receive("kept").Soon();
        Assert.That(await ReadTexts(1).Soon(), Is.EqualTo(["kept"]));
    }

    [Test]
    public async Task Cancelling_stops_a_reader_that_still_has_messages()
    {
        Open();
        await Transport.Receive("one").Soon();
        await Transport.Receive("two").Soon();
        using CancellationTokenSource cancel = new();
        IAsyncEnumerator<DataMessage> reader = Channel.ReadAllAsync(cancel.Token).GetAsyncEnumerator();
        Assert.That(await reader.MoveNextAsync().Soon());
        await cancel.CancelAsync();

        Assert.That(async () => await reader.MoveNextAsync().Soon(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await ReadTexts(1).Soon(), Is.EqualTo(["two"]));
    }

    [Test]
    public async Task Cancelling_readers_while_messages_come_loses_none()
    {
        Open();
        List<string> read = [];
        Task reading = Task.Run(async () =>
        {
            Random random = new(7);
            while (read.Count < 5000)
            {
                using CancellationTokenSource cancel = new();
                try
                {
                    int left = random.Next(20);
                    await foreach (DataMessage message in Channel.ReadAllAsync(cancel.Token))
                    {
                        read.Add(message.Text);
                        if (left-- == 0 || read.Count == 5000)
                        {
                            await cancel.CancelAsync();
                        }
                    }
                }
                catch (OperationCanceledException)
                {
                }
            }
        });
        for (int i = 0; i < 5000; i++)
        {
            await Transport.Receive($"{i}");
        }

        await reading.Soon();
        Assert.That(read, Is.EqualTo(Enumerable.Range(0, 5000).Select(i => $"{i}")));
    }

    [Test]
    public async Task A_slow_reader_holds_the_engine_up_until_it_has_drained_below_the_limit()
    {
        const int Message = 100;
        MakeChannel(Defaults with { ReceiveBufferLimit = 3 * (Message + ReceiveSide.Overhead) });
        Open();
        Assert.That(Transport.Receive(new byte[Message]).IsCompletedSuccessfully);
        Assert.That(Transport.Receive(new byte[Message]).IsCompletedSuccessfully);
        Task third = Transport.Receive(new byte[Message]);
        Assert.That(third.IsCompleted, Is.False);

        IAsyncEnumerator<DataMessage> reader = Channel.ReadAllAsync().GetAsyncEnumerator();
        await reader.MoveNextAsync().Soon();
        await third.Soon();
    }

    [Test]
    public async Task Empty_messages_count_too()
    {
        MakeChannel(Defaults with { ReceiveBufferLimit = 10 * ReceiveSide.Overhead });
        Open();
        Task room = Task.CompletedTask;
        for (int i = 0; i < 10; i++)
        {
            Assert.That(room.IsCompleted);
            room = Transport.Receive("");
        }

        Assert.That(room.IsCompleted, Is.False);
        await ReadTexts(1).Soon();
        await room.Soon();
    }

    [Test]
    public async Task An_engine_that_does_not_wait_fills_the_buffer_four_times_then_the_channel_is_closed()
    {
        const int Message = 36;
        MakeChannel(Defaults with { ReceiveBufferLimit = 10 * (Message + ReceiveSide.Overhead) });
        Open();
        for (int i = 0; i < 40; i++)
        {
            _ = Transport.Receive(new byte[Message]);
        }

        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Open));
        Assert.That(Transport.Receive(new byte[Message]).IsCompletedSuccessfully, "the engine is not held up by a closed channel");

        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Closed));
        Assert.That(Transport.CloseCalled.Task.IsCompleted);
        (List<DataMessage> messages, RoomCallException? failure) = await ReadToEnd().Soon();
        Assert.That(messages, Has.Count.EqualTo(40));
        Assert.That(failure!.Code, Is.EqualTo(RoomCallErrorCode.ReceiveBufferFull));
        RoomCallException send = await FailureOf(Channel.SendAsync("x"));
        Assert.That(send.Code, Is.EqualTo(RoomCallErrorCode.DataChannelClosed));
        Assert.That(((RoomCallException)send.InnerException!).Code, Is.EqualTo(RoomCallErrorCode.ReceiveBufferFull));
    }

    [Test]
    public async Task One_message_larger_than_the_whole_buffer_is_still_delivered()
    {
        MakeChannel(Defaults with { ReceiveBufferLimit = 1 });
        Open();
        Task room = Transport.Receive(new byte[5000]);
        Assert.That(room.IsCompleted, Is.False);

        IAsyncEnumerator<DataMessage> reader = Channel.ReadAllAsync().GetAsyncEnumerator();
        Assert.That(await reader.MoveNextAsync().Soon());
        Assert.That(reader.Current.Data.Length, Is.EqualTo(5000));
        await room.Soon();
        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Open));
    }

    [Test]
    public async Task A_channel_that_either_side_closes_ends_the_reading_after_the_last_message()
    {
        Open();
        await Transport.Receive("last").Soon();
        Transport.Closed();

        (List<DataMessage> messages, RoomCallException? failure) = await ReadToEnd().Soon();
        Assert.That(messages.Single().Text, Is.EqualTo("last"));
        Assert.That(failure, Is.Null);
    }

    [Test]
    public async Task A_channel_that_is_cut_off_gives_what_arrived_then_says_so_to_every_reader()
    {
        Open();
        await Transport.Receive("last").Soon();
        IOException reason = new("gone");
        Transport.Closed(reason);

        (List<DataMessage> messages, RoomCallException? failure) = await ReadToEnd().Soon();
        Assert.That(messages.Single().Text, Is.EqualTo("last"));
        Assert.That(failure!.Code, Is.EqualTo(RoomCallErrorCode.DataChannelClosed));
        Assert.That(failure.InnerException, Is.SameAs(reason));
        RoomCallException? again = (await ReadToEnd().Soon()).Failure;
        Assert.That(again, Is.Not.Null.And.Not.SameAs(failure));
    }

    [Test]
    public async Task Messages_that_come_while_this_side_closes_can_be_read_and_do_not_hold_the_closing_up()
    {
        MakeChannel(Defaults with { ReceiveBufferLimit = 1 });
        Open();
        Transport.ClosesAtOnce = false;
        Task held = Transport.Receive("before");
        Task closing = Channel.CloseAsync();
        await held.Soon();
        Transport.Closed();
        await closing.Soon();

        Assert.That((await ReadToEnd().Soon()).Messages.Single().Text, Is.EqualTo("before"));
    }

    [Test]
    public async Task A_flood_while_this_side_closes_ends_the_reading_but_not_the_sending()
    {
        MakeChannel(Defaults with { ReceiveBufferLimit = 100, SendBufferLimit = 4 });
        Open();
        await Channel.SendAsync("full").Soon();
        Task waiting = Channel.SendAsync("waits").AsTask();
        Task closing = Channel.CloseAsync();
        for (int i = 0; i < 20; i++)
        {
            Assert.That(Transport.Receive("flood").IsCompleted);
        }

        Transport.Drain();
        await waiting.Soon();
        await closing.Soon();
        (List<DataMessage> messages, RoomCallException? failure) = await ReadToEnd().Soon();
        Assert.That(messages, Has.Count.EqualTo(5));
        Assert.That(failure!.Code, Is.EqualTo(RoomCallErrorCode.ReceiveBufferFull));
    }
}
