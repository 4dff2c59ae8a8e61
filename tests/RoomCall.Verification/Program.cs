using RoomCall;
using RoomCall.Verification.Exploration;
using RoomCall.Verification.Worlds;

FlowRules media = new() { WantsMedia = true };
Act[] acts = args.Length > 1 ? [.. args[1].Split(',').Select(Enum.Parse<Act>)] : [];
Scenario scenario = new("try", media, media, acts, args.Length > 0 ? int.Parse(args[0]) : 0);
Exploration e = scenario.Explore(10_000_000);
Console.WriteLine($"{e.States} states, {e.Moves} moves, {e.Rests} rests, complete {e.IsComplete}, {e.Elapsed.TotalSeconds:F1} s, {Environment.WorkingSet >> 20} MB");
foreach (Finding f in e.Findings)
{
    Console.WriteLine($"{f.Count} x {f.Violation.Rule}");
}
foreach (Finding f in e.Findings.Take(3))
    Console.WriteLine(CounterExample.ToText(CounterExample.Tell(new CallWorld(scenario), f), f.Violation));
return 0;
