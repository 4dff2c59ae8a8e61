using System.Diagnostics;
using RoomCall.InMemory;

namespace RoomCall.Benchmarks;

/// <summary>The CPU time, of all threads together, that a whole call takes from joining to the data channel open on both sides, with
/// 32 calls being set up at any time as on a busy program; an idle thread pool would add the spinning of its threads. Beside it,
/// what bringing two peer connections up by hand takes. Ending the calls is not counted.</summary>
internal static class SetUp
{
    private const int Rounds = 7;
    private const int Batch = 1000;
    private static readonly ParallelOptions Busy = new() { MaxDegreeOfParallelism = 32 };

    public static async Task MeasureAsync(int calls)
    {
        int batches = Math.Max(1, calls / Batch);
        Console.WriteLine($"CPU time of a call's set-up, {batches * Batch} calls a round, {Rounds} rounds, interleaved:");
        for (int batch = 0; batch < 20; batch++) // until the JIT has seen what is hot
        {
            await RoomCallAsync(Batch);
            await ByHandAsync(Batch);
        }

        List<double> ratios = [], times = [];
        for (int round = 1; round <= Rounds; round++)
        {
            double roomCall = 0, byHand = 0;
            for (int batch = 0; batch < batches; batch++)
            {
                roomCall += await RoomCallAsync(Batch) / batches;
                byHand += await ByHandAsync(Batch) / batches;
            }

            times.Add(roomCall);
            ratios.Add(roomCall / byHand);
            Console.WriteLine($"  round {round}: RoomCall {roomCall,7:F1} us, by hand {byHand,7:F1} us, ratio {roomCall / byHand:F2}");
        }

        Console.WriteLine($"  median: RoomCall {times.Order().ElementAt(Rounds / 2):F1} us, ratio {ratios.Order().ElementAt(Rounds / 2):F2}");
    }

    private static async Task<double> RoomCallAsync(int calls)
    {
        CallClient client = new InMemoryWorld().CreateClient();
        ICallSession[] sessions = new ICallSession[2 * calls];
        TimeSpan before = Cpu();
        await Parallel.ForAsync(0, calls, Busy, async (call, cancellationToken) =>
        {
            string room = $"room-{call}";
            ICallSession alice = sessions[2 * call] = await client.JoinAsync(room, null, cancellationToken);
            ICallSession bob = sessions[(2 * call) + 1] = await client.JoinAsync(room, null, cancellationToken);
            await alice.WhenDataChannelOpenAsync(cancellationToken);
            await bob.WhenDataChannelOpenAsync(cancellationToken);
        });
        double each = (Cpu() - before).TotalMicroseconds / calls;
        await Task.WhenAll(sessions.Select(session => session.DisposeAsync().AsTask()));
        return each;
    }

    private static async Task<double> ByHandAsync(int calls)
    {
        InMemoryPeerConnectionFactory engine = new(new InMemoryNetwork());
        HandMadeCall[] made = new HandMadeCall[calls];
        TimeSpan before = Cpu();
        await Parallel.ForAsync(0, calls, Busy, async (call, _) => made[call] = await HandMadeCall.BringUpAsync(engine));
        double each = (Cpu() - before).TotalMicroseconds / calls;
        await Task.WhenAll(made.Select(call => call.DisposeAsync().AsTask()));
        return each;
    }

    private static TimeSpan Cpu()
    {
        using Process process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
