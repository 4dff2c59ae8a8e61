using System.Diagnostics;

namespace RoomCall.NativeCalls;

/// <summary>What is measured of a contender.</summary>
internal static class Measurements
{
    private const int Calls = 20;

    /// <summary>One call: its set-up in ms, an echo in ms, and the rate in kB/s.</summary>
    public static async Task<(double SetUp, double Echo, double Rate)> CallAsync(IContender contender, int echoes, int messages)
    {
        Func<Task<IOpenCall>> open = await contender.PrepareAsync();
        long start = Stopwatch.GetTimestamp();
        await using IOpenCall call = await open();
        double setUp = Stopwatch.GetElapsedTime(start).TotalMilliseconds;

        start = Stopwatch.GetTimestamp();
        for (int i = 0; i < echoes; i++)
            await call.EchoAsync();
        double echo = Stopwatch.GetElapsedTime(start).TotalMilliseconds / echoes;

        start = Stopwatch.GetTimestamp();
        await call.SendAsync(messages);
        return (setUp, echo, messages * Messages.Long.Length / Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    /// <summary>Many calls at a time: managed kB and threads for each end.</summary>
    public static async Task<(double KiloBytes, double Threads)> HoldAsync(IContender contender)
    {
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System); // threads of earlier calls end
        (long bytes, int threads) = Held();
        List<IOpenCall> calls = [];
        for (int i = 0; i < Calls; i++)
            calls.Add(await (await contender.PrepareAsync())());
        (long more, int moreThreads) = Held();
        foreach (IOpenCall call in calls)
            await call.DisposeAsync();
        return ((more - bytes) / 1000.0 / Calls / 2, (double)(moreThreads - threads) / Calls / 2);
    }

    private static (long Bytes, int Threads) Held()
    {
        using Process process = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true), process.Threads.Count);
    }
}
