using System.Globalization;
using RoomCall.DataChannels;

namespace RoomCall.Tests.DataChannels;

/// <summary>Everything at once, thousands of times: nothing hangs, nothing throws what it should not, every end is told.</summary>
internal sealed class RaceTests : ChannelFixture
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task Attaching_opening_sending_reading_closing_and_aborting_at_once_always_ends_well(bool abort)
    {
        for (int round = 0; round < 1000; round++)
        {
            MakeChannel(Defaults with { SendBufferLimit = 8, ReceiveBufferLimit = 1000 });
            Recorder<DataChannelState> states = new();
            Recorder<DataMessage> messages = new();
            Channel.States.Subscribe(states);
            using Barrier start = new(4);
            Task<int> sending = Together(start, async () =>
            {
                int taken = 0;
                try
                {
                    for (; taken < 10; taken++)
                    {
                        await Channel.SendAsync("12345");
                    }
                }
                catch (RoomCallException exception) when (exception.Code == RoomCallErrorCode.DataChannelClosed)
                {
                }

                return taken;
            });
            Task engine = Together(start, async () =>
            {
                Channel.Attach(Transport);
                Transport.Open();
                await Transport.Receive("in");
                for (int i = 0; i < 20; i++)
                {
                    Transport.Drain();
                }

                return 0;
            });
            Task ending = Together(start, async () =>
            {
                if (abort)
                {
                    Channel.Abort(new IOException());
                }

                await Channel.CloseAsync(new CancellationToken(canceled: true)).ContinueWith(_ => { }, TaskScheduler.Default);
                return 0;
            });
            Task<(List<DataMessage>, RoomCallException?)> reading = Together(start, ReadToEnd);
            await engine.Soon();
            await ending.Soon();

            // Room for what still waits, as an open network would give, until the closing is through.
            Task closed = Channel.CloseAsync();
            while (!closed.IsCompleted)
            {
                Transport.Drain();
                Thread.Yield();
            }

            await closed.Soon();
            int sent = await sending.Soon();
            await reading.Soon();
            await states.Completed.Soon();
            Channel.Messages.Subscribe(messages);
            await messages.Completed.Soon();

            Assert.That(Channel.State, Is.EqualTo(DataChannelState.Closed));
            Assert.That(states.Values, Is.Ordered.And.Unique);
            Assert.That(states.Values[^1], Is.EqualTo(DataChannelState.Closed));
            Assert.That(Transport.SendsOverlapped, Is.False);
            SpinWait.SpinUntil(() => Transport.Sent.Count + ReportedUnsent() == sent, TimeSpan.FromSeconds(30));
            Assert.That(Transport.Sent.Count + ReportedUnsent(), Is.EqualTo(sent), "what was taken is sent, or told of");
            Assert.That(Transport.CloseCalled.Task.IsCompleted);
            Assert.That((await FailureOf(Channel.SendAsync("late"))).Code, Is.EqualTo(RoomCallErrorCode.DataChannelClosed));
        }
    }

    [Test]
    public async Task A_send_that_is_cancelled_while_there_comes_room_is_either_sent_or_cancelled()
    {
        MakeChannel(Defaults with { SendBufferLimit = 4 });
        Open();
        int sent = 0;
        for (int round = 0; round < 1000; round++)
        {
            await Channel.SendAsync("full").Soon();
            sent++;
            using CancellationTokenSource cancel = new();
            Task waiting = Channel.SendAsync("maybe", cancel.Token).AsTask();
            using Barrier start = new(2);
            Task cancelling = Together(start, async () =>
            {
                await cancel.CancelAsync();
                return 0;
            });
            Task draining = Together(start, () =>
            {
                Transport.Drain();
                return Task.FromResult(0);
            });
            await Task.WhenAll(cancelling, draining).Soon();
            await waiting.ContinueWith(_ => { }, TaskScheduler.Default).Soon();
            sent += waiting.IsCompletedSuccessfully ? 1 : 0;

            Assert.That(waiting.IsCompletedSuccessfully || waiting.IsCanceled);
            Assert.That(Transport.Sent, Has.Count.EqualTo(sent));
            Transport.Drain();
        }
    }

    private int ReportedUnsent() =>
        Logger.Entries.Where(entry => entry.Id == 1310).Sum(entry => int.Parse(entry.Message.Split(' ')[5], CultureInfo.InvariantCulture));

    private static Task<T> Together<T>(Barrier start, Func<Task<T>> action) => Task.Factory.StartNew(
        () =>
        {
            start.SignalAndWait();
            return action();
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default).Unwrap();
}
