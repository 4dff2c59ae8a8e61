namespace RoomCall.InMemory;

/// <summary>Runs of one scenario with many seeds: one simulation to a thread.</summary>
internal sealed class SimulationBatch(Func<Simulation, Task> scenario, SimulationOptions options)
{
    private readonly Lock _gate = new();
    private SimulationException? _first;
    private int _next = -1;

    public IReadOnlyList<SimulationResult> Run(int count)
    {
        SimulationResult[] results = new SimulationResult[count];
        Thread[] threads = new Thread[Math.Min(count, Environment.ProcessorCount)];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new(() => RunSome(results)) { IsBackground = true, Name = "Simulation" };
            threads[i].Start();
        }

        foreach (Thread thread in threads) thread.Join();
        return _first is null ? results : throw WithTrace(_first);
    }

    private void RunSome(SimulationResult[] results)
    {
        while (Volatile.Read(ref _first) is null && Interlocked.Increment(ref _next) is var index && index < results.Length)
        {
            try
            {
                results[index] = Simulation.Run(scenario, options with { Seed = unchecked(options.Seed + index), RecordTrace = false });
            }
            catch (SimulationException exception)
            {
                Keep(exception);
            }
        }
    }

    private void Keep(SimulationException exception)
    {
        lock (_gate)
        {
            if (_first is null || exception.Result.Seed < _first.Result.Seed) Volatile.Write(ref _first, exception);
        }
    }

    private SimulationException WithTrace(SimulationException first)
    {
        try
        {
            Simulation.Run(scenario, options with { Seed = first.Result.Seed, RecordTrace = true });
        }
        catch (SimulationException again)
        {
            return again;
        }

        return new($"{first.Message}\nIt did not fail again: something in the scenario is not decided by the seed.", first.Failure, first.Result, first);
    }
}
