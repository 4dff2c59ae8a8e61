using System.Globalization;

namespace RoomCall.InMemory;

/// <summary>The loop of one run: what is ready goes on; where nothing is, the clock does.</summary>
internal sealed class SimulationRun
{
    private readonly SimulationOptions _options;
    private readonly SimulationContext _context;
    private long _steps;

    public SimulationRun(SimulationOptions options)
    {
        _options = options;
        Trace = new(options.RecordTrace);
        _context = new(Chance(0), options.Shuffle, Trace);
        Time = new(_context);
        Loggers = new(Trace, Time);
    }

    public SimulationTrace Trace { get; }

    public SimulationTime Time { get; }

    public SimulationLoggers Loggers { get; }

    /// <summary>A number of the seed's for a purpose of its own, so that none of them moves when another is asked more often.</summary>
    public ulong Chance(ulong purpose) => new SeededRandom(((ulong)(uint)_options.Seed << 32) ^ (purpose * 0xD1342543DE82EF95)).NextUInt64();

    public SimulationResult Run(Func<Simulation, Task> scenario)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        try
        {
            Task task = RunAsync(scenario);
            Loop(task);
            return task.Exception is { InnerException: { } thrown } ? throw Failed(SimulationFailure.Threw, thrown.Message, thrown) : ToResult();
        }
        finally
        {
            _context.End();
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private async Task RunAsync(Func<Simulation, Task> scenario)
    {
        await Task.Yield();
        await scenario(new Simulation(this, _options)).ConfigureAwait(true);
    }

    private void Loop(Task scenario)
    {
        ExecutionContext? own = ExecutionContext.Capture();
        while (!scenario.IsCompleted)
        {
            if (_context.TryTake(out SimulationContext.Work work))
            {
                Do(work);

                // What a piece of work sets in an AsyncLocal is its own, as on the thread pool.
                if (own is not null) ExecutionContext.Restore(own);
            }
            else
            {
                Advance();
            }

            if (_context.Stranger is not null) throw Left();
        }
    }

    private void Do(SimulationContext.Work work)
    {
        if (++_steps > _options.StepLimit)
        {
            throw Failed(SimulationFailure.TookTooLong, $"It had not ended after {_options.StepLimit} steps, the last of them without time passing or in very small steps of it.");
        }

        try
        {
            work.Run();
        }
        catch (Exception exception)
        {
            throw Failed(SimulationFailure.Threw, $"Work that nobody awaits threw: {exception.Message}", exception);
        }
    }

    private void Advance()
    {
        switch (Time.TryAdvance(_options.TimeLimit.Ticks))
        {
            case true:
                Trace.Mix((ulong)Time.Now);
                break;
            case null:
                throw Failed(SimulationFailure.TookTooLong, $"It had not ended after {_options.TimeLimit} of virtual time.");
            default:
                throw _context.AwaitStranger(_options.Patience)
                    ? Left()
                    : Failed(SimulationFailure.WaitsForever, "Nothing is ready, no timer runs, and the scenario has not ended: it waits for ever.");
        }
    }

    private SimulationException Left() => Failed(
        SimulationFailure.LeftTheSimulation,
        "Something went on on another thread: look for ConfigureAwait(false), Task.Run, another clock, or input and output. It came in here:\n"
            + _context.Stranger);

    private SimulationResult ToResult() => new(_options.Seed, new TimeSpan(Time.Now), _steps, Trace.Fingerprint, Trace.ToString());

    private SimulationException Failed(SimulationFailure failure, string what, Exception? cause = null)
    {
        string seed = _options.Seed.ToString(CultureInfo.InvariantCulture);
        string replay = _options.ReplayCommand?.Replace("{seed}", seed, StringComparison.Ordinal)
            ?? $"Simulation.Run(scenario, new SimulationOptions {{ Seed = {seed} }})";
        string tail = Trace.ToTail();
        string message = $"Seed {seed} failed ({failure}) at {new TimeSpan(Time.Now):c}, step {_steps}: {what}\nTo run it again: {replay}"
            + (tail.Length == 0 ? "" : $"\nWhat happened last:\n{tail}");
        return new(message, failure, ToResult(), cause);
    }
}
