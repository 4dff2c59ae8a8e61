using System.Diagnostics;
using RoomCall.DataChannels;
using RoomCall.InMemory;

namespace RoomCall.SipSorcery.Tests;

/// <summary>Call after call in one process.</summary>
[NonParallelizable]
public sealed class ManyCallsTests
{
    private const int Calls = 200;

    private readonly InMemoryWorld _world = new();

    [Test]
    public async Task Two_hundred_calls_leave_no_thread_no_socket_and_no_memory_behind()
    {
        for (int i = 0; i < 20; i++)
            await CallAsync();
        Footprint before = await Footprint.SettleAsync(static _ => true);

        for (int i = 0; i < Calls; i++)
            await CallAsync();

        Footprint after = await Footprint.SettleAsync(now => now.Sockets <= before.Sockets && now.Threads <= before.Threads + 8);
        await TestContext.Out.WriteLineAsync($"before {before}, after {after}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Sockets, Is.LessThanOrEqualTo(before.Sockets));
            Assert.That(after.Threads, Is.LessThanOrEqualTo(before.Threads + 8), "the pool may have grown, the engine's threads must not");
            Assert.That(after.Bytes - before.Bytes, Is.LessThan(Calls * 4096), "bytes for each call");
        }
    }

    private async Task CallAsync()
    {
        await using ICallSession alice = await Client().JoinAsync("room");
        await using ICallSession bob = await Client().JoinAsync("room");
        IDataChannel channel = await bob.WhenDataChannelOpenAsync().WaitAsync(NativeSide.Patience);
        await channel.SendAsync("hello");
        DataMessage heard = await (await alice.WhenDataChannelOpenAsync().WaitAsync(NativeSide.Patience)).ReceiveAsync();
        Assert.That(heard.Text, Is.EqualTo("hello"));
        await bob.HangUpAsync();
        await alice.HangUpAsync();
    }

    private CallClient Client() => new(_world.CreateSignaler(), Engine.Create());

    /// <summary>What the process holds.</summary>
    private sealed record Footprint(int Threads, int Sockets, long Bytes)
    {
        /// <summary>Waits until it is right, or has had its time: threads end when their last wait is over.</summary>
        public static async Task<Footprint> SettleAsync(Func<Footprint, bool> isRight)
        {
            long start = TimeProvider.System.GetTimestamp();
            Footprint now;
            do
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
                now = Take();
            }
            while (IsWithin(TimeSpan.FromSeconds(10)) || (!isRight(now) && IsWithin(NativeSide.Patience)));

            return now;

            bool IsWithin(TimeSpan time) => TimeProvider.System.GetElapsedTime(start) < time;
        }

        private static Footprint Take()
        {
            using Process process = Process.GetCurrentProcess();
            int sockets = Directory.Exists("/proc/self/fd")
                ? Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(IsSocket)
                : 0;
            return new Footprint(process.Threads.Count, sockets, GC.GetTotalMemory(forceFullCollection: true));
        }

        private static bool IsSocket(string link) =>
            File.ResolveLinkTarget(link, returnFinalTarget: false)?.Name.StartsWith("socket:", StringComparison.Ordinal) == true;
    }
}
