using RoomCall.InMemory;

namespace RoomCall.Benchmarks;

/// <summary>The bytes that the process holds for each session of a call that is up and idle: session, signaling, room, engine and
/// channel of that side.</summary>
internal static class IdleSessions
{
    public static async Task MeasureAsync(int calls)
    {
        CallClient client = new InMemoryWorld().CreateClient();
        foreach (ICallSession session in await JoinAsync(client, "warm-up"))
        {
            await session.DisposeAsync();
        }

        long before = GC.GetTotalMemory(forceFullCollection: true);
        List<ICallSession> sessions = new(2 * calls);
        for (int call = 0; call < calls; call++)
        {
            sessions.AddRange(await JoinAsync(client, $"room-{call}"));
        }

        long held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine($"{calls} calls up at once: {held / (2.0 * calls):F0} bytes held for each idle, connected session.");
        await Task.WhenAll(sessions.Select(session => session.DisposeAsync().AsTask()));
    }

    private static async Task<ICallSession[]> JoinAsync(CallClient client, string room)
    {
        ICallSession[] pair = [await client.JoinAsync(room), await client.JoinAsync(room)];
        await Task.WhenAll(pair[0].WhenDataChannelOpenAsync(), pair[1].WhenDataChannelOpenAsync());
        return pair;
    }
}
