using RoomCall.Scheduling;

namespace RoomCall.InMemory;

/// <summary>
/// Runs what became ready on this thread, one after the other, never one inside the other. Work is added while locks are held and run
/// after they were released, so that no lock is held while an observer is called, and no callback re-enters another.
/// </summary>
internal static class Trampoline
{
    /// <summary>How many items one call may work off before it hands the rest to the thread pool: two observers that answer each other
    /// for ever must not keep the thread of the one who began.</summary>
    private const int Burst = 4096;

    [ThreadStatic]
    private static Queue<IReadyWork>? _ready;

    [ThreadStatic]
    private static bool _running;

    /// <summary>Adds work that <see cref="Run"/> does on this thread.</summary>
    public static void Add(IReadyWork work) => (_ready ??= new()).Enqueue(work);

    /// <summary>Does what is ready, unless a caller further up this thread's stack is doing so already. Hold no lock.</summary>
    public static void Run()
    {
        if (_running || _ready is not { Count: > 0 } ready) return;
        _running = true;
        try
        {
            int left = Burst;
            while (ready.TryDequeue(out IReadyWork? work))
            {
                if (left > 0) left = work.Run(left);
                else Resume(work);
            }
        }
        finally
        {
            _running = false;
        }
    }

    /// <summary>Does the work on a thread of the pool.</summary>
    public static void Resume(IReadyWork work) => DeterministicContext.Queue(new Rest(work));

    private sealed class Rest(IReadyWork work) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            Add(work);
            Run();
        }
    }
}
