using RoomCall.Conformance;
using RoomCall.DataChannels;

namespace RoomCall.InMemory.Tests;

public sealed class ManyConnectionsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task A_thousand_calls_leave_no_trace()
    {
        InMemoryPeerConnectionFactory factory = Engines.Full();
        for (int i = 0; i < 1000; i++)
        {
            await using TestCall call = await TestCall.CreateAsync(factory);
            await call.OpenAsync().WaitAsync(Patience);
            Assert.That(factory.Network.AddressCount, Is.EqualTo(4));
        }

        Assert.That(factory.Network.AddressCount, Is.Zero);
        Assert.That(factory.Network.Connections, Is.Empty);
    }

    [Test]
    public async Task Disposing_at_any_moment_ends_every_operation_and_silences_the_observer()
    {
        InMemoryPeerConnectionFactory factory = Engines.Full();
        Random random = new(5);
        for (int i = 0; i < 2000; i++)
        {
            TestCall call = await TestCall.CreateAsync(factory);
            int spin = random.Next(3000);
            Task running = Task.Run(async () =>
            {
                try
                {
                    (TestChannel near, TestChannel far) = await call.OpenAsync();
                    near.Transport.Send(DataMessage.FromText("hello"));
                    far.Transport.Send(DataMessage.FromText("hello"));
                    near.Transport.Close();
                }
                catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
                {
                    // The end came first.
                }
            });
            Task disposing = Task.Run(async () =>
            {
                for (int turn = 0; turn < spin; turn++) Thread.SpinWait(1);
                await call.Offerer.DisposeAsync();
            });
            await disposing.WaitAsync(Patience);
            await call.Answerer.DisposeAsync().AsTask().WaitAsync(Patience);
            Assert.That(call.Offerer.CalledAfterDispose || call.Answerer.CalledAfterDispose, Is.False);
            Assert.That(call.Offerer.Overlapped || call.Answerer.Overlapped, Is.False);
        }

        Assert.That(factory.Network.AddressCount, Is.Zero);
        Assert.That(factory.Network.Connections, Is.Empty);
    }

    [Test]
    public async Task A_big_transfer_to_a_slow_reader_stays_bounded_and_whole()
    {
        const int total = 200 * 1024 * 1024;
        byte[] part = new byte[16 * 1024];
        long received = 0;
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestCall call = await TestCall.CreateAsync(Engines.Full());
        TestPeer answerer = call.Answerer;
        IDataChannelTransport transport = call.Offerer.Connection.CreateDataChannel("big", DataChannelOptions.Reliable);
        Sender near = new();
        transport.Attach(near);
        await call.NegotiateAsync();
        IDataChannelTransport opened = await answerer.Channels.FirstAsync().WaitAsync(Patience);
        opened.Attach(new Reader(async message =>
        {
            await Task.Yield();
            if ((received += message.Data.Length) == total) done.SetResult();
        }));

        await near.Opened.Task.WaitAsync(Patience);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        for (int sent = 0; sent < total; sent += part.Length)
        {
            while (transport.BufferedAmount > part.Length) await near.Low.WaitAsync().WaitAsync(Patience);
            transport.Send(DataMessage.FromBytes(part));
            if (sent % (16 * 1024 * 1024) == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        await done.Task.WaitAsync(Patience);
        Assert.That(received, Is.EqualTo(total));
        Assert.That(most, Is.LessThan(8 * 1024 * 1024));
    }

    private sealed class Sender : IDataChannelTransportObserver
    {
        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SemaphoreSlim Low { get; } = new(0);

        public void OnOpen() => Opened.TrySetResult();

        public ValueTask OnMessageAsync(DataMessage message) => default;

        public void OnBufferedAmountLow() => Low.Release();

        public void OnClosing()
        {
        }

        public void OnClosed(Exception? error)
        {
        }
    }

    private sealed class Reader(Func<DataMessage, ValueTask> take) : IDataChannelTransportObserver
    {
        public void OnOpen()
        {
        }

        public ValueTask OnMessageAsync(DataMessage message) => take(message);

        public void OnBufferedAmountLow()
        {
        }

        public void OnClosing()
        {
        }

        public void OnClosed(Exception? error)
        {
        }
    }
}
