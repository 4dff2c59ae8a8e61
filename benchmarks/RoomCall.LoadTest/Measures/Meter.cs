using System.Diagnostics;
using RoomCall.LoadTest.Servers;

namespace RoomCall.LoadTest.Measures;

/// <summary>Measures what a server and the load spend on something, from its making on.</summary>
internal sealed class Meter(RunningServer server)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TimeSpan _server = server.Cpu;
    private readonly TimeSpan _load = Environment.CpuUsage.TotalTime;

    /// <summary>Measures, after a time to warm up, what goes on by itself.</summary>
    /// <param name="server">The server.</param>
    /// <param name="plan">How long.</param>
    /// <param name="count">How often it has been done.</param>
    /// <param name="whenWarm">Called when the time to warm up is over.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<Reading> MeasureAsync(
        RunningServer server, Plan plan, Func<long> count, Action? whenWarm, CancellationToken cancellationToken)
    {
        await WarmUpAsync(server, plan, cancellationToken);
        whenWarm?.Invoke();
        Meter meter = new(server);
        long before = count();
        do
        {
            await Task.Delay(plan.Length, TimeProvider.System, cancellationToken);
        }
        while (count() == before); // on a machine that is very busy

        return meter.Read(count() - before);
    }

    private static async Task WarmUpAsync(RunningServer server, Plan plan, CancellationToken cancellationToken)
    {
        TimeSpan before = server.Cpu;
        int times = 0;
        do
        {
            await Task.Delay(plan.WarmUp, TimeProvider.System, cancellationToken);
        }
        while (server.Cpu - before < plan.WarmUpCpu && ++times < Plan.MostWarmUps);
    }

    /// <summary>What was spent so far.</summary>
    /// <param name="count">How often it was done.</param>
    public Reading Read(long count) =>
        new(count, Stopwatch.GetElapsedTime(_start), server.Cpu - _server, Environment.CpuUsage.TotalTime - _load);
}
