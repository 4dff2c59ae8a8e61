using RoomCall.LoadTest.Servers;

namespace RoomCall.LoadTest.Measures;

/// <summary>How many calls are set up and ended in a second, and what each takes.</summary>
internal sealed class SetUpMeasure(Plan plan, int callsAtOnce) : IMeasure
{
    public string Title => $"Call set-ups, {callsAtOnce} at any time: two joins, offer and answer of 3 KB, 10 candidates of 150 B each way, bye, leave";

    public async Task<IReadOnlyList<Figure>> RunAsync(RunningServer server, CancellationToken cancellationToken)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        long begun = 0, done = 0;
        bool stop = false;
        Task callers = Task.WhenAll(Enumerable.Range(0, callsAtOnce).Select(_ => CallOnAndOnAsync()));
        Task<Reading> measured = Meter.MeasureAsync(server, plan, () => Volatile.Read(ref done), null, over.Token);
        await Task.WhenAny(callers, measured);
        Volatile.Write(ref stop, true);
        await callers;
        Reading reading = await measured;
        return
        [
            new("calls/s", reading.PerSecond),
            new("server CPU, µs/call", reading.ServerCpuEach),
            new("load CPU, µs/call", reading.LoadCpuEach, IsCompared: false),
            new("server's core, %", reading.ServerBusy, IsCompared: false),
            new("load's core, %", reading.LoadBusy, IsCompared: false),
        ];

        async Task CallOnAndOnAsync()
        {
            try
            {
                while (!Volatile.Read(ref stop))
                {
                    using Call call = new(server);
                    await call.RunAsync(server, $"call-{Interlocked.Increment(ref begun)}", over.Token);
                    Interlocked.Increment(ref done);
                }
            }
            catch
            {
                await over.CancelAsync();
                throw;
            }
        }
    }
}
