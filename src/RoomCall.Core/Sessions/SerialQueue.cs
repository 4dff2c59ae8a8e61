namespace RoomCall;

/// <summary>
/// Runs asynchronous work one piece at a time, in order. Where nothing is under way a piece begins on the caller's thread, so
/// that work which ends at once costs no hop.
/// </summary>
internal sealed class SerialQueue
{
    private readonly Queue<Func<ValueTask>> _waiting = new();
    private bool _isRunning;

    /// <summary>Adds a piece of work, which handles its own failures.</summary>
    public void Enqueue(Func<ValueTask> work)
    {
        lock (_waiting)
        {
            _waiting.Enqueue(work);
            if (_isRunning)
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
            await work().ConfigureAwait(false);
        }
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Func<ValueTask>? work)
    {
        lock (_waiting)
        {
            _isRunning = _waiting.TryDequeue(out work);
            return _isRunning;
        }
    }
}
