using RoomCall.Scheduling;

namespace RoomCall;

/// <summary>
/// Runs asynchronous work one piece at a time, in order. Where nothing is under way a piece begins on the caller's thread, so
/// that work which ends at once costs no hop.
/// </summary>
internal sealed class SerialQueue
{
    private readonly Queue<Func<ValueTask>> _waiting = new();
    private bool _isRunning;
    private bool _isHeld;

    /// <summary>Adds a piece of work, which handles its own failures.</summary>
    public void Enqueue(Func<ValueTask> work)
    {
        lock (_waiting)
        {
            _waiting.Enqueue(work);
            if (_isRunning || _isHeld)
            {
                return;
            }

            _isRunning = true;
        }

        _ = RunAsync();
    }

    /// <summary>Lets no further piece begin, on any thread, until <see cref="Release"/>.</summary>
    public void Hold()
    {
        lock (_waiting)
        {
            _isHeld = true;
        }
    }

    /// <summary>Lets begin what was held, on the caller's thread where nothing is under way.</summary>
    public void Release()
    {
        lock (_waiting)
        {
            _isHeld = false;
            if (_isRunning || _waiting.Count == 0)
            {
                return;
            }

            _isRunning = true;
        }

        _ = RunAsync();
    }

    /// <summary>Ends when all that was added before has.</summary>
    public Task WhenIdleAsync()
    {
        TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(() =>
        {
            idle.SetResult();
            return default;
        });
        return idle.Task;
    }

    private async Task RunAsync()
    {
        while (TryTake(out Func<ValueTask>? work))
        {
            try
            {
                await work().ConfigureAwait(DeterministicContext.IsCurrent);
            }
            catch (Exception)
            {
                // It handles its own failures; if even that fails (a log that throws), what comes after must still run.
            }
        }
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Func<ValueTask>? work)
    {
        lock (_waiting)
        {
            work = null;
            _isRunning = !_isHeld && _waiting.TryDequeue(out work);
            return _isRunning;
        }
    }
}
