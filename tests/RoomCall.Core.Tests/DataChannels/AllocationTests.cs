using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using RoomCall.DataChannels;

namespace RoomCall.Tests.DataChannels;

[NonParallelizable]
internal sealed class AllocationTests
{
    private static readonly DataChannelLimits Limits = DataChannelLimits.From(new CallOptions());

    [Test]
    public async Task Sending_with_room_allocates_the_copy_and_nothing_else()
    {
        const int Sends = 100_000;
        CallDataChannel channel = new("x", DataChannelOptions.Reliable, Limits, NullLogger.Instance);
        channel.Attach(new Sink());
        byte[] data = new byte[1024];
        for (int i = 0; i < 1000; i++)
        {
            await channel.SendAsync(data);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Sends; i++)
        {
            // Completes at once: to await would allow another thread.
            channel.SendAsync(data).AsTask().GetAwaiter().GetResult();
        }

        TimeSpan took = Stopwatch.GetElapsedTime(start);
        double each = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Sends;
        TestContext.Out.WriteLine($"{each:F1} bytes and {took.TotalNanoseconds / Sends:F0} ns for each send of 1 KB");
        Assert.That(each, Is.LessThanOrEqualTo(1024 + 24 + 1));
    }

    [Test]
    public void An_idle_channel_is_small()
    {
        const int Count = 10_000;
        CallDataChannel[] channels = new CallDataChannel[Count];
        _ = new CallDataChannel("x", DataChannelOptions.Reliable, Limits, NullLogger.Instance);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Count; i++)
        {
            channels[i] = new("x", DataChannelOptions.Reliable, Limits, NullLogger.Instance);
        }

        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / Count;
        TestContext.Out.WriteLine($"{each} bytes for each idle channel");
        Assert.That(each, Is.LessThan(1024));
    }

    private sealed class Sink : IDataChannelTransport
    {
        public int? Id => 0;

        public string Label => "x";

        public DataChannelOptions Options => DataChannelOptions.Reliable;

        public DataChannelState State => DataChannelState.Open;

        public int MaxMessageSize => 65_536;

        public long BufferedAmount => 0;

        public long BufferedAmountLowThreshold { get; set; }

        public void Attach(IDataChannelTransportObserver observer)
        {
        }

        public void Send(DataMessage message)
        {
        }

        public void Close()
        {
        }
    }
}
