using RoomCall.Verification.Exploration;
using RoomCall.Verification.Worlds;
IReadOnlyList<Scenario> list = args[0] switch { "small" => Scenarios.Small, "deep" => Scenarios.Deep, _ => Scenarios.Full };
System.Diagnostics.Stopwatch w = System.Diagnostics.Stopwatch.StartNew();
Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(list, System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = 2 }, scenario =>
{
    Exploration e = scenario.Explore(args.Length > 1 ? int.Parse(args[1]) : 100_000_000);
    Console.WriteLine($"{scenario.Name}: {e.States} states, {e.Moves} moves, {e.Rests} rests, complete {e.IsComplete}, {e.Elapsed.TotalSeconds:F1} s, {Environment.WorkingSet >> 20} MB");
    foreach (Finding f in e.Findings.Take(3))
        Console.WriteLine($"{f.Count} x {f.Violation.Rule}\n" + CounterExample.ToText(CounterExample.Tell(new CallWorld(scenario), f), f.Violation));
});
Console.WriteLine(w.Elapsed);
return 0;
