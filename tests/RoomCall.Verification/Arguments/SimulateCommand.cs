using System.CommandLine;
using System.Diagnostics;
using RoomCall.InMemory;
using RoomCall.Simulations;

namespace RoomCall.Verification.Arguments;

/// <summary>Simulates two-hour lives of calls, as many as are asked for, or one again with its trace.</summary>
internal static class SimulateCommand
{
    private const int Failed = 1;

    private static readonly Option<int> Seeds = NumberOption.Create("--seeds", "N", "How many lives.", usual: 2_000);

    private static readonly Option<int> First = NumberOption.Create("--first", "SEED", "The first seed.", usual: 1, least: int.MinValue);

    private static readonly Option<bool> Trace = new("--trace") { Description = "Run the first seed alone, and print all that happens." };

    public static Command Create()
    {
        Command simulate = new("simulate", "Simulates two-hour lives of calls in virtual time; the same seed is the same life.") { Seeds, First, Trace };
        simulate.SetAction(static result => result.GetValue(Trace)
            ? Replay(result.GetValue(First))
            : Run(result.GetValue(First), result.GetValue(Seeds)));
        return simulate;
    }

    private static int Run(int first, int count) => Told(() =>
    {
        Stopwatch watch = Stopwatch.StartNew();
        IReadOnlyList<SimulationResult> runs = CallLife.RunMany(first, count);
        Console.WriteLine($"{runs.Count} lives of two hours, {runs.Sum(static run => run.Steps):N0} steps, none failed, in {watch.Elapsed.TotalSeconds:F0} s.");
    });

    private static int Replay(int seed) => Told(() =>
        Console.WriteLine(Simulation.Run(CallLife.LiveAsync, CallLife.Options with { Seed = seed, RecordTrace = true }).Trace));

    private static int Told(Action run)
    {
        try
        {
            run();
            return 0;
        }
        catch (SimulationException exception)
        {
            Console.WriteLine(exception.Result.Trace);
            Console.WriteLine(exception.Message);
            return Failed;
        }
    }
}
