using RoomCall.LoadTest.Servers;

namespace RoomCall.LoadTest.Measures;

/// <summary>Some calls before a measure of few, long steps, so that code, pools and heap are there as in a server that has worked.</summary>
internal static class WarmUp
{
    private const int CallsAtOnce = 16;

    public static Task RunAsync(RunningServer server, int calls, CancellationToken cancellationToken) =>
        Parallel.ForAsync(
            0,
            calls,
            new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = cancellationToken },
            async (number, token) =>
            {
                using Call call = new(server);
                await call.RunAsync(server, $"warm-up-{number}", token);
            });
}
