using System.Diagnostics;
using RoomCall.LoadTest.Servers;

namespace RoomCall.LoadTest.Measures;

/// <summary>How long messages take at a rate that every server keeps up with.</summary>
internal sealed class LatencyMeasure(Plan plan, int pairs, int rate, string payload) : IMeasure
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(1);

    public string Title => $"Latency of {payload.Length} B at {rate} messages/s, all {pairs} pairs together";

    public async Task<IReadOnlyList<Figure>> RunAsync(RunningServer server, CancellationToken cancellationToken)
    {
        using Lanes lanes = await Lanes.OpenAsync(server, pairs, payload, cancellationToken);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task sender = SendAsync(lanes, stop.Token);
        Task<Reading> measured = Meter.MeasureAsync(server, plan, () => lanes.Count, lanes.Samples.Open, stop.Token);
        await Task.WhenAny(sender, measured);
        await stop.CancelAsync();
        await sender;
        Reading reading = await measured;
        double[] latency = lanes.Samples.Close(50, 99);
        await lanes.FinishAsync(cancellationToken);
        return
        [
            new("messages/s", reading.PerSecond, IsCompared: false),
            new("p50, µs", latency[0]),
            new("p99, µs", latency[1]),
            new("server CPU, µs/message", reading.ServerCpuEach),
            new("load CPU, µs/message", reading.LoadCpuEach, IsCompared: false),
        ];
    }

    // In turn over all senders, as many at each beat as are due.
    private async Task SendAsync(Lanes lanes, CancellationToken cancellationToken)
    {
        using PeriodicTimer beat = new(Pace, TimeProvider.System);
        long start = Stopwatch.GetTimestamp(), sent = 0;
        try
        {
            while (await beat.WaitForNextTickAsync(cancellationToken))
            {
                long due = (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * rate);
                for (; sent < due; sent++) lanes.All[(int)(sent % lanes.All.Count)].Send();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It is over.
        }
    }
}
