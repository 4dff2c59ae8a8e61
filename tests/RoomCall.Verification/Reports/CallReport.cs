using System.Collections.Concurrent;
using RoomCall.Verification.Exploration;
using RoomCall.Verification.Worlds;

namespace RoomCall.Verification.Reports;

/// <summary>What came of exploring several scenarios of the shipped call flow.</summary>
/// <param name="Explored">Each scenario with what came of it, in the order they were asked.</param>
internal sealed record CallReport(IReadOnlyList<(Scenario Scenario, ExplorationResult Exploration)> Explored)
{
    /// <summary>Every scenario was walked to its end, and no rule is broken anywhere.</summary>
    public bool IsProved => Explored.All(static pair => pair.Exploration is { IsComplete: true, Findings: [] });

    public long States => Explored.Sum(static pair => (long)pair.Exploration.States);

    /// <summary>Explores, as many scenarios at a time as there are cores.</summary>
    /// <param name="scenarios">What is asked.</param>
    /// <param name="maxStates">How many states each may have.</param>
    public static CallReport Of(IReadOnlyList<Scenario> scenarios, int maxStates = int.MaxValue)
    {
        ExplorationResult[] explored = new ExplorationResult[scenarios.Count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
        OrderablePartitioner<int> oneByOne = Partitioner.Create(Enumerable.Range(0, scenarios.Count), EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(oneByOne, options, index => explored[index] = scenarios[index].Explore(maxStates));
        return new CallReport([.. scenarios.Zip(explored)]);
    }

    /// <summary>A row for each scenario.</summary>
    public string ToTable()
    {
        MarkdownTable table = new("what the world may do", "states", "moves", "at rest", "dead ends", "safety violations", "time");
        foreach ((Scenario scenario, ExplorationResult exploration) in Explored)
        {
            table.Add(
                exploration.IsComplete ? scenario.Name : $"{scenario.Name} (NOT COMPLETE)",
                exploration.States,
                exploration.Moves,
                exploration.Rests,
                exploration.DeadEnds,
                exploration.SafetyViolations,
                exploration.Elapsed);
        }

        return table.ToString();
    }

    /// <summary>The shortest way to each thing that is wrong.</summary>
    public IEnumerable<CounterExampleFile> CounterExamples()
    {
        int number = 0;
        foreach ((Scenario scenario, ExplorationResult exploration) in Explored)
        {
            foreach (Finding finding in exploration.Findings)
            {
                IReadOnlyList<MoveText> moves = CounterExample.Tell(new CallWorld(scenario), finding);
                yield return new CounterExampleFile(
                    $"RoomCall-{++number}",
                    $"{finding.Violation.Rule} in \"{scenario.Name}\"",
                    CounterExample.ToText(moves, finding.Violation),
                    CounterExample.ToMermaid(moves, finding.Violation, ["Alice", MoveWords.Room, "Bob", "Carol"]));
            }
        }
    }
}
