using RoomCall.LoadTest.Servers;

namespace RoomCall.LoadTest.Measures;

/// <summary>A server's memory once it stays as it is; nothing is forced.</summary>
internal static class SettledMemory
{
    private const double Noise = 0.002;
    private const int Still = 4;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <returns>In bytes; after the limit, whatever it is then.</returns>
    public static async Task<long> OfAsync(RunningServer server, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(Interval, TimeProvider.System);
        long last = server.Memory;
        int still = 0;
        for (TimeSpan waited = default; still < Still && waited < Limit; waited += Interval)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            long now = server.Memory;
            still = Math.Abs(now - last) <= Noise * last ? still + 1 : 0;
            last = now;
        }

        return last;
    }
}
