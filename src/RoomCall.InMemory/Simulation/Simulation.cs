using Microsoft.Extensions.Logging;
using RoomCall.Scheduling;

namespace RoomCall.InMemory;

/// <summary>
/// A run of a scenario, calls and all that belongs to them, in virtual time on one thread: one seed decides every delay, loss, fault and
/// scheduling choice, and the same seed gives the same trace, byte for byte.
/// </summary>
/// <remarks>
/// <para>The scenario awaits what it likes of the simulation's world: nothing takes real time. It stays in the simulation as long as it
/// uses <see cref="TimeProvider"/> as its clock and neither <c>ConfigureAwait(false)</c>, nor <c>Task.Run</c>, nor input and output; where
/// it leaves it all the same, the run fails and says so.</para>
/// <para>Observers and continuations run one at a time, so what they share needs no lock here; it does outside. The members are for the
/// scenario, on the simulation's thread.</para>
/// </remarks>
public sealed class Simulation
{
    private readonly SimulationRun _run;
    private readonly Lazy<InMemoryWorld> _world;
    private ulong _worlds;

    internal Simulation(SimulationRun run, SimulationOptions options)
    {
        _run = run;
        Seed = options.Seed;
        Random = new Random((int)run.Chance(1));
        _world = new(() => CreateWorld(options.World));
    }

    /// <summary>What decides the run.</summary>
    public int Seed { get; }

    /// <summary>The scenario's own chance, from the seed.</summary>
    public Random Random { get; }

    /// <summary>The virtual clock, for all that the scenario does. It begins on 1 January 2000, in UTC.</summary>
    public TimeProvider TimeProvider => _run.Time;

    /// <summary>The virtual time since the beginning.</summary>
    public TimeSpan Now => new(_run.Time.Now);

    /// <summary>Writes what is logged into the trace; <see cref="World"/> logs here already.</summary>
    public ILoggerFactory LoggerFactory => _run.Loggers;

    /// <summary>The world of <see cref="SimulationOptions.World"/>, on this clock and this seed.</summary>
    public InMemoryWorld World => _world.Value;

    /// <summary>Makes a further world, or one whose latency and loss the scenario has chosen by <see cref="Random"/>.</summary>
    /// <param name="options">How it behaves; the seed of its network is replaced by one of the simulation's. Null: the defaults.</param>
    /// <returns>The world, on this clock and this seed.</returns>
    public InMemoryWorld CreateWorld(InMemoryWorldOptions? options = null)
    {
        InMemoryWorldOptions own = options ?? new();
        int seed = (int)_run.Chance(2 + _worlds++);
        return new(own with { Network = own.Network with { Seed = seed } }, TimeProvider, LoggerFactory);
    }

    /// <summary>Waits in virtual time.</summary>
    /// <param name="time">How long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends then.</returns>
    public Task Delay(TimeSpan time, CancellationToken cancellationToken = default) =>
        DeterministicContext.Follow(Task.Delay(time, TimeProvider, cancellationToken));

    /// <summary>Writes a line into the trace.</summary>
    /// <param name="what">What happened.</param>
    /// <param name="who">To whom.</param>
    public void Note(string what, string who = "scenario")
    {
        ArgumentNullException.ThrowIfNull(what);
        ArgumentNullException.ThrowIfNull(who);
        _run.Trace.Note(_run.Time.Now, who, what);
    }

    /// <summary>Runs a scenario, on the caller's thread, until its task has ended; what it leaves running is dropped.</summary>
    /// <param name="scenario">What happens; it is called once.</param>
    /// <param name="options">Seed and limits; null: the defaults.</param>
    /// <returns>The run.</returns>
    /// <exception cref="SimulationException">The scenario threw, waits for ever, took too long or left the simulation.</exception>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static SimulationResult Run(Func<Simulation, Task> scenario, SimulationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return new SimulationRun((options ?? new()).Checked()).Run(scenario);
    }

    /// <summary>Runs a scenario with many seeds, from <see cref="SimulationOptions.Seed"/> on, on as many threads as there are processors.
    /// Traces are not kept; the first seed that fails is run again with its trace.</summary>
    /// <param name="scenario">What happens; it is called once for each seed, on several threads at a time, and once more for one that fails.</param>
    /// <param name="count">How many seeds, 1 or more.</param>
    /// <param name="options">The first seed and the limits; null: the defaults.</param>
    /// <returns>The runs, in the order of their seeds.</returns>
    /// <exception cref="SimulationException">A run failed: of those that did, the one with the lowest seed.</exception>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static IReadOnlyList<SimulationResult> RunMany(Func<Simulation, Task> scenario, int count, SimulationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new SimulationBatch(scenario, (options ?? new()).Checked()).Run(count);
    }
}
