using RoomCall.DataChannels;

namespace RoomCall.Tests.DataChannels;

internal sealed class SendingTests : ChannelFixture
{
    [Test]
    public void A_message_is_sent_at_once_while_there_is_room()
    {
        Open();

        Assert.That(Channel.SendAsync("text").AsTask().IsCompletedSuccessfully);
        Assert.That(Channel.SendAsync(new byte[] { 1 }).AsTask().IsCompletedSuccessfully);
        Assert.That(Transport.Sent, Is.EqualTo([DataMessage.FromText("text"), DataMessage.FromBytes(new byte[] { 1 })]));
        Assert.That(Channel.BufferedAmount, Is.EqualTo(5));
    }

    [Test]
    public void A_null_text_is_refused()
    {
        Assert.That(() => Channel.SendAsync((string)null!), Throws.ArgumentNullException);
    }

    [Test]
    public void Empty_messages_are_sent()
    {
        Open();

        Assert.That(Channel.SendAsync("").AsTask().IsCompletedSuccessfully);
        Assert.That(Channel.SendAsync(ReadOnlyMemory<byte>.Empty).AsTask().IsCompletedSuccessfully);
        Assert.That(Transport.Sent, Is.EqualTo([DataMessage.FromText(""), DataMessage.FromBytes(default)]));
    }

    [Test]
    public async Task A_message_that_is_too_large_is_refused_with_its_size_and_the_limit()
    {
        Transport.MaxMessageSize = 100;
        Open();
        await Channel.SendAsync(new byte[100]).Soon();

        RoomCallException failure = await FailureOf(Channel.SendAsync(new byte[101]));

        Assert.That(failure.Code, Is.EqualTo(RoomCallErrorCode.MessageTooLarge));
        Assert.That(failure.Message, Does.Contain("101 bytes").And.Contain("100 bytes"));
        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Open));
    }

    [Test]
    public async Task Sends_wait_while_too_much_is_buffered_and_go_on_in_order()
    {
        MakeChannel(Defaults with { SendBufferLimit = 10 });
        Open();
        Assert.That(Transport.BufferedAmountLowThreshold, Is.EqualTo(5));
        await Channel.SendAsync(new byte[10]).Soon();
        Task[] waiting = [.. Enumerable.Range(0, 5).Select(i => Channel.SendAsync(new byte[] { (byte)i, 0, 0, 0, 0 }).AsTask())];
        Assert.That(waiting.Any(task => task.IsCompleted), Is.False);

        Transport.Drain(6);
        Assert.That(Transport.Sent, Has.Count.EqualTo(1));
        Transport.Drain(5);
        await waiting[0].Soon();
        Assert.That(waiting[1].IsCompleted, Is.False);
        Transport.Drain();
        await waiting[2].Soon();
        Transport.Drain();
        await Task.WhenAll(waiting).Soon();

        Assert.That(Transport.Sent.Skip(1).Select(message => (int)message.Data.Span[0]), Is.EqualTo([0, 1, 2, 3, 4]));
    }

    [Test]
    public async Task Cancelling_a_waiting_send_removes_its_message()
    {
        MakeChannel(Defaults with { SendBufferLimit = 4 });
        Open();
        await Channel.SendAsync("full").Soon();
        using CancellationTokenSource cancel = new();
        Task cancelled = Channel.SendAsync("cancelled", cancel.Token).AsTask();
        Task kept = Channel.SendAsync("kept").AsTask();

        await cancel.CancelAsync();
        Assert.That(async () => await cancelled.Soon(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Channel.BufferedAmount, Is.EqualTo(8));
        Transport.Drain();
        await kept.Soon();

        Assert.That(Transport.Sent.Select(message => message.Text), Is.EqualTo(["full", "kept"]));
    }

    [Test]
    public async Task Cancelling_after_the_message_was_taken_does_nothing()
    {
        MakeChannel(Defaults with { SendBufferLimit = 4 });
        Open();
        await Channel.SendAsync("full").Soon();
        using CancellationTokenSource cancel = new();
        Task waiting = Channel.SendAsync("sent", cancel.Token).AsTask();
        Transport.Drain();
        await waiting.Soon();
        await cancel.CancelAsync();

        Assert.That(waiting.IsCompletedSuccessfully);
    }

    [Test]
    public async Task A_transport_that_calls_back_inside_Send_neither_deadlocks_nor_reorders()
    {
        MakeChannel(Defaults with { SendBufferLimit = 4 });
        Transport.Sending = _ => Transport.Drain();
        Open();

        List<Task> sends = [];
        for (int i = 0; i < 1000; i++)
        {
            sends.Add(Channel.SendAsync($"message {i}").AsTask());
        }

        await Task.WhenAll(sends).Soon();
        Assert.That(Transport.Sent.Select(message => message.Text), Is.EqualTo(Enumerable.Range(0, 1000).Select(i => $"message {i}")));
    }

    [Test]
    public async Task A_send_from_inside_a_send_waits_for_its_turn()
    {
        Task? inner = null;
        Open();
        Transport.Sending = _ => inner ??= Channel.SendAsync("inner").AsTask();
        await Channel.SendAsync("outer").Soon();
        await inner!.Soon();

        Assert.That(Transport.Sent.Select(message => message.Text), Is.EqualTo(["outer", "inner"]));
        Assert.That(Transport.SendsOverlapped, Is.False);
    }

    [Test]
    public async Task Concurrent_senders_keep_their_own_order_and_never_call_the_transport_together()
    {
        const int Senders = 8;
        const int Each = 2000;
        MakeChannel(Defaults with { SendBufferLimit = 64 });
        Open();
        using CancellationTokenSource done = new();
        Task draining = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                Transport.Drain();
                Thread.Yield();
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
            {
                await Channel.SendAsync($"{sender}:{i}");
            }
        }))).Soon();
        await done.CancelAsync();
        await draining.Soon();

        Assert.That(Transport.SendsOverlapped, Is.False);
        Assert.That(Transport.Sent, Has.Count.EqualTo(Senders * Each));
        foreach (IGrouping<string, string[]> sender in Transport.Sent.Select(message => message.Text.Split(':')).GroupBy(parts => parts[0]))
        {
            Assert.That(sender.Select(parts => parts[1]), Is.EqualTo(Enumerable.Range(0, Each).Select(i => $"{i}")));
        }
    }

    [Test]
    public async Task Room_that_comes_while_a_sender_looks_for_it_is_not_missed()
    {
        MakeChannel(Defaults with { SendBufferLimit = 4 });
        Open();
        await Channel.SendAsync("full").Soon();
        int reads = 0;
        Transport.AmountRead = _ =>
        {
            // Looked at first on the way in, then once more before the sender waits.
            if (++reads == 2)
            {
                Transport.Drain();
            }
        };

        await Channel.SendAsync("waits").Soon();
        Assert.That(reads, Is.GreaterThanOrEqualTo(3));
    }

    [Test]
    public async Task A_sender_is_not_kept_sending_for_others_without_end()
    {
        Open();
        int sent = 0;
        int sentHere = 0;
        int here = Environment.CurrentManagedThreadId;
        Transport.Sending = message =>
        {
            sentHere += Environment.CurrentManagedThreadId == here ? 1 : 0;
            if (++sent < 1000)
            {
                _ = Channel.SendAsync(message.Text).AsTask();
            }
        };
        Task first = Channel.SendAsync("first").AsTask();

        Assert.That(sentHere, Is.LessThan(100), "the thread of the first sender was given back");
        await first.Soon();
        await Transport.WhenSent(1000).Soon();
    }

    [Test]
    public async Task A_message_that_the_engine_refuses_fails_its_sender()
    {
        Open();
        Transport.State = DataChannelState.Closing;

        RoomCallException failure = await FailureOf(Channel.SendAsync("too late for the engine"));

        Assert.That(failure.Code, Is.EqualTo(RoomCallErrorCode.DataChannelClosed));
        Assert.That(failure.InnerException, Is.InstanceOf<InvalidOperationException>());
    }

    [Test]
    public async Task When_the_other_side_closes_waiting_sends_fail()
    {
        MakeChannel(Defaults with { SendBufferLimit = 4 });
        Open();
        await Channel.SendAsync("full").Soon();
        Task waiting = Channel.SendAsync("waits").AsTask();
        Transport.Closing();

        Assert.That((await FailureOf(waiting)).Code, Is.EqualTo(RoomCallErrorCode.DataChannelClosed));
        Assert.That(Channel.BufferedAmount, Is.EqualTo(4));
    }
}
