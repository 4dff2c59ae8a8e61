namespace RoomCall.Conformance;

/// <summary>What happened, in order; tests wait for what they expect instead of sleeping. Safe for concurrent use.</summary>
public sealed class EventLog<T>
{
    private readonly List<T> _events = [];
    private readonly List<(Func<T, bool> IsIt, TaskCompletionSource<T> Found)> _waiters = [];

    /// <summary>A copy of what happened so far.</summary>
    public IReadOnlyList<T> All
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    public void Add(T item)
    {
        List<TaskCompletionSource<T>> found = [];
        lock (_events)
        {
            _events.Add(item);
            found.AddRange(_waiters.Where(waiter => waiter.IsIt(item)).Select(static waiter => waiter.Found));
            _waiters.RemoveAll(waiter => found.Contains(waiter.Found));
        }

        foreach (TaskCompletionSource<T> waiter in found) waiter.TrySetResult(item);
    }

    /// <summary>The first event, past or to come, that is what is waited for.</summary>
    public Task<T> FirstAsync(Func<T, bool>? isIt = null)
    {
        isIt ??= static _ => true;
        lock (_events)
        {
            foreach (T item in _events)
                if (isIt(item))
                    return Task.FromResult(item);
            TaskCompletionSource<T> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((isIt, found));
            return found.Task;
        }
    }

    /// <summary>Ends when so many have happened.</summary>
    public Task CountAsync(int count) => FirstAsync(_ =>
    {
        lock (_events)
        {
            return _events.Count >= count;
        }
    });
}
