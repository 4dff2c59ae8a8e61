using RoomCall.LoadTest.Members;
using RoomCall.LoadTest.Servers;

namespace RoomCall.LoadTest.Measures;

/// <summary>What a connection that waits takes of the server's memory: both members of many rooms, who say nothing.</summary>
internal sealed class IdleMeasure(int connections, int warmUpCalls) : IMeasure
{
    private const int JoinsAtOnce = 32;

    public string Title => $"Memory at {connections} idle connections, two in each room";

    public async Task<IReadOnlyList<Figure>> RunAsync(RunningServer server, CancellationToken cancellationToken)
    {
        await WarmUp.RunAsync(server, warmUpCalls, cancellationToken);
        long before = await SettledMemory.OfAsync(server, cancellationToken);
        Pair[] pairs = [.. Enumerable.Range(0, connections / 2).Select(_ => new Pair(server.CreateMember(), server.CreateMember()))];
        ParallelOptions some = new() { MaxDegreeOfParallelism = JoinsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, pairs.Length, some, async (pair, token) => await pairs[pair].JoinAsync(server.Address, $"idle-{pair}", token));
        foreach (Pair pair in pairs)
        {
            pair.First.OnQuiet();
            pair.Second.OnQuiet();
        }

        long after = await SettledMemory.OfAsync(server, cancellationToken);
        int ended = pairs.Count(pair => pair.First.Ended.IsCompleted || pair.Second.Ended.IsCompleted);
        if (ended > 0) throw new InvalidDataException($"{ended} idle pairs lost a connection.");
        foreach (Pair pair in pairs) pair.Dispose();
        return
        [
            new("KB/connection", (after - before) / 1024.0 / (2 * pairs.Length)),
            new("MB before", before / (1024.0 * 1024), IsCompared: false),
            new("MB with all", after / (1024.0 * 1024), IsCompared: false),
        ];
    }
}
