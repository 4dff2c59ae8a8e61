namespace RoomCall.Scheduling;

/// <summary>
/// A context whose owner decides when what waits goes on, as a simulation does. Code that RoomCall runs under such a context stays on it;
/// under any other context, that of a user interface included, and under none, it goes on on the thread pool, as libraries do.
/// </summary>
/// <remarks>
/// For those who write a signaler or an engine that is to be simulated: await with <c>ConfigureAwait(DeterministicContext.IsCurrent)</c>,
/// begin work of your own with <see cref="Queue"/>, and put <see cref="Follow(Task)"/> between such a
/// task as it names and what combines tasks. All static members are safe for concurrent use.
/// </remarks>
public abstract class DeterministicContext : SynchronizationContext
{
    /// <summary>Whether the caller runs under such a context: what <c>ConfigureAwait</c> is to be told.</summary>
    public static bool IsCurrent => Current is DeterministicContext;

    /// <summary>Begins work later: on the context that the caller runs under if it is such a one, else on the thread pool. The caller's
    /// <see cref="ExecutionContext"/> does not flow.</summary>
    /// <param name="work">The work; it must not throw.</param>
    public static void Queue(IThreadPoolWorkItem work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (Current is DeterministicContext context)
        {
            context.Post(static item => ((IThreadPoolWorkItem)item!).Execute(), work);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
        }
    }

    /// <summary>Gives a task that may be waited for in any way without leaving the context: <see cref="Task.WaitAsync(CancellationToken)"/>,
    /// <see cref="Task.WhenAny(Task[])"/> and their like go over the thread pool where the task is of a source with
    /// <see cref="TaskCreationOptions.RunContinuationsAsynchronously"/>, or a delay that is cancelled.</summary>
    /// <param name="task">The task.</param>
    /// <returns>Under such a context a task that ends as the given one does; else the given one.</returns>
    public static Task Follow(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.IsCompleted || !IsCurrent ? task : FollowAsync(task);
    }

    /// <inheritdoc cref="Follow(Task)"/>
    /// <typeparam name="T">The result's type.</typeparam>
    public static Task<T> Follow<T>(Task<T> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.IsCompleted || !IsCurrent ? task : FollowAsync(task);
    }

    /// <summary>As <see cref="Task.Run(Func{Task})"/>, or on the context.</summary>
    internal static Task Run(Func<Task> work) => IsCurrent ? RunAsync(work) : Task.Run(work);

    /// <summary>As <see cref="CancellationTokenSource.CancelAsync"/>, or on the context.</summary>
    internal static Task CancelAsync(CancellationTokenSource source) => IsCurrent
        ? RunAsync(() =>
        {
            source.Cancel();
            return Task.CompletedTask;
        })
        : source.CancelAsync();

    private static async Task RunAsync(Func<Task> work)
    {
        await Task.Yield();
        await work().ConfigureAwait(true);
    }

    private static async Task FollowAsync(Task task) => await task.ConfigureAwait(true);

    private static async Task<T> FollowAsync<T>(Task<T> task) => await task.ConfigureAwait(true);
}
