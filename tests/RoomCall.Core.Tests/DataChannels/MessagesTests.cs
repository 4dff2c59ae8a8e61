using RoomCall.DataChannels;

namespace RoomCall.Tests.DataChannels;

internal sealed class MessagesTests : ChannelFixture
{
    [Test]
    public async Task S22_each_message_is_shown_to_all_that_are_subscribed_in_order()
    {
        Recorder<DataMessage> first = new();
        Recorder<DataMessage> second = new();
        Channel.Messages.Subscribe(first);
        Channel.Messages.Subscribe(second);
        Open();
        for (int i = 0; i < 100; i++)
        {
            await Transport.Receive($"{i}").Soon();
        }

        Transport.Closed();
        await first.Completed.Soon();
        await second.Completed.Soon();
        Assert.That(first.Values.Select(message => message.Text), Is.EqualTo(Enumerable.Range(0, 100).Select(i => $"{i}")));
        Assert.That(second.Values, Is.EqualTo(first.Values));
    }

    [Test]
    public async Task An_observer_that_throws_is_logged_and_the_messages_go_on()
    {
        Recorder<DataMessage> bad = new(_ => throw new InvalidOperationException());
        Recorder<DataMessage> good = new();
        Channel.Messages.Subscribe(bad);
        Channel.Messages.Subscribe(good);
        Open();
        await Transport.Receive("one").Soon();
        await Transport.Receive("two").Soon();
        await good.WhenTold(2).Soon();
        await bad.WhenTold(2).Soon();

        Assert.That(Logger.Entries.Select(entry => entry.Id), Is.EqualTo([1300, 1300]));
    }

    [Test]
    public async Task It_completes_and_does_not_fail_when_the_channel_is_cut_off()
    {
        Open();
        await Transport.Receive("last").Soon();
        Transport.Closed(new IOException());
        Recorder<DataMessage> observer = new();
        Channel.Messages.Subscribe(observer);
        await observer.Completed.Soon();

        Assert.That(observer.Values.Single().Text, Is.EqualTo("last"));
        Assert.That(observer.Error, Is.Null);
        Recorder<DataMessage> late = new();
        Channel.Messages.Subscribe(late);
        await late.Completed.Soon();
    }

    [Test]
    public async Task What_arrives_while_nobody_is_subscribed_waits_for_the_next_reader()
    {
        Open();
        IDisposable? subscription = null;
        Recorder<DataMessage> observer = new(_ => subscription!.Dispose());
        subscription = Channel.Messages.Subscribe(observer);
        await Transport.Receive("one").Soon();
        await Transport.Receive("two").Soon();
        await Transport.Receive("three").Soon();
        await observer.WhenTold(1).Soon();

        Assert.That(await ReadTexts(2).Soon(), Is.EqualTo(["two", "three"]));
        Assert.That(observer.Values.Single().Text, Is.EqualTo("one"));
    }

    [Test]
    public async Task Leaving_while_waiting_takes_no_message()
    {
        Open();
        Recorder<DataMessage> left = new();
        Channel.Messages.Subscribe(left).Dispose();
        await Transport.Receive("one").Soon();
        Recorder<DataMessage> next = new();
        Channel.Messages.Subscribe(next);
        await next.WhenTold(1).Soon();

        Assert.That(left.Values, Is.Empty);
    }

    [Test]
    public async Task Coming_and_going_observers_lose_no_message_and_keep_the_order()
    {
        const int Count = 20_000;
        Open();
        List<string> seen = [];
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task observing = Task.Run(async () =>
        {
            while (!all.Task.IsCompleted)
            {
                TaskCompletionSource enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
                int left = 7;
                using IDisposable subscription = Channel.Messages.Subscribe(new Recorder<DataMessage>(message =>
                {
                    seen.Add(message.Text);
                    if (--left <= 0)
                    {
                        enough.TrySetResult();
                    }

                    // It may be an observer that is leaving that is shown the last.
                    if (seen.Count == Count)
                    {
                        all.TrySetResult();
                    }
                }));
                await Task.WhenAny(enough.Task, all.Task);
            }
        });
        for (int i = 0; i < Count; i++)
        {
            await Transport.Receive($"{i}").Soon();
        }

        await observing.Soon();
        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, Count).Select(i => $"{i}")));
    }

    [Test]
    public async Task A_slow_observer_slows_the_sender()
    {
        MakeChannel(Defaults with { ReceiveBufferLimit = 1 });
        Open();
        using SemaphoreSlim go = new(0);
        Recorder<DataMessage> observer = new(_ => go.Wait());
        Channel.Messages.Subscribe(observer);
        await Transport.Receive("being shown").Soon();
        await observer.WhenTold(1).Soon();
        Task second = Transport.Receive("waits");
        Assert.That(second.IsCompleted, Is.False);

        go.Release(2);
        await second.Soon();
        await observer.WhenTold(2).Soon();
    }
}
