using RoomCall.LoadTest.Servers;

namespace RoomCall.LoadTest.Measures;

/// <summary>How many messages are relayed in a second at most, and what each takes: pairs that answer each message with one.</summary>
internal sealed class RelayMeasure(Plan plan, int pairs, int window, string payload) : IMeasure
{
    public string Title => $"Relay of {payload.Length} B, as fast as it goes: {pairs} pairs, each sender with {window} under way";

    public async Task<IReadOnlyList<Figure>> RunAsync(RunningServer server, CancellationToken cancellationToken)
    {
        using Lanes lanes = await Lanes.OpenAsync(server, pairs, payload, cancellationToken);
        bool stop = false;
        for (int lane = 0; lane < lanes.All.Count; lane++)
        {
            Lane back = lanes.All[lane ^ 1];
            lanes.All[lane].Arrived = () =>
            {
                if (!Volatile.Read(ref stop)) back.Send();
            };
        }

        foreach (Lane lane in lanes.All)
        {
            for (int message = 0; message < window; message++) lane.Send();
        }

        Reading reading = await Meter.MeasureAsync(server, plan, () => lanes.Count, lanes.Samples.Open, cancellationToken);
        double[] latency = lanes.Samples.Close(50, 99);
        Volatile.Write(ref stop, true);
        await lanes.FinishAsync(cancellationToken);
        return
        [
            new("messages/s", reading.PerSecond),
            new("server CPU, µs/message", reading.ServerCpuEach),
            new("p50, µs", latency[0]),
            new("p99, µs", latency[1]),
            new("load CPU, µs/message", reading.LoadCpuEach, IsCompared: false),
            new("server's core, %", reading.ServerBusy, IsCompared: false),
            new("load's core, %", reading.LoadBusy, IsCompared: false),
        ];
    }
}
