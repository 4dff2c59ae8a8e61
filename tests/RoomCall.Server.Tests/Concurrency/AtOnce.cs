namespace RoomCall.Server.Tests.Concurrency;

/// <summary>Runs pieces of work on a thread each, none of which begins before all are there.</summary>
internal static class AtOnce
{
    public static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(params Action[] works)
    {
        int missing = works.Length;
        await Task.WhenAll(works.Select(work => Task.Factory.StartNew(
            () =>
            {
                // Closer together than a barrier would wake them.
                Interlocked.Decrement(ref missing);
                SpinWait spin = default;
                while (Volatile.Read(ref missing) > 0)
                {
                    spin.SpinOnce(sleep1Threshold: -1);
                }

                work();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))).WaitAsync(SafetyNet);
    }
}
