using System.Diagnostics;
using RoomCall.InMemory;

namespace RoomCall.Benchmarks;

/// <summary>The CPU time, of all threads together, that a whole call takes from joining to the data channel open on both sides; the calls
/// stay up until all are counted. Beside it, what bringing two peer connections up by hand takes.</summary>
internal static class SetUp
{
    private const int Rounds = 5;

    public static async Task MeasureAsync(int calls)
    {
        Console.WriteLine($"CPU time of a call's set-up, {calls} calls a round, {Rounds} rounds, interleaved:");
        await RoomCallAsync(Math.Min(calls, 500)); // warm-up
        await ByHandAsync(Math.Min(calls, 500));
        for (int round = 1; round <= Rounds; round++)
        {
            double roomCall = await RoomCallAsync(calls);
            double byHand = await ByHandAsync(calls);
            Console.WriteLine($"  round {round}: RoomCall {roomCall,7:F1} us, by hand {byHand,7:F1} us, ratio {roomCall / byHand:F2}");
        }
    }

    private static async Task<double> RoomCallAsync(int calls)
    {
        CallClient client = new InMemoryWorld().CreateClient();
        List<ICallSession> sessions = new(2 * calls);
        TimeSpan before = Cpu();
        for (int call = 0; call < calls; call++)
        {
            string room = $"room-{call}";
            ICallSession alice = await client.JoinAsync(room);
            ICallSession bob = await client.JoinAsync(room);
            await alice.WhenDataChannelOpenAsync();
            await bob.WhenDataChannelOpenAsync();
            sessions.Add(alice);
            sessions.Add(bob);
        }

        double each = (Cpu() - before).TotalMicroseconds / calls;
        await Task.WhenAll(sessions.Select(session => session.DisposeAsync().AsTask()));
        return each;
    }

    // Its connections are closed within the time that is counted: that is in the baseline's disfavour, by little.
    private static async Task<double> ByHandAsync(int calls)
    {
        InMemoryPeerConnectionFactory engine = new(new InMemoryNetwork());
        TimeSpan before = Cpu();
        for (int call = 0; call < calls; call++)
        {
            await HandMadeCall.RunAsync(engine);
        }

        return (Cpu() - before).TotalMicroseconds / calls;
    }

    private static TimeSpan Cpu()
    {
        using Process process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
