namespace RoomCall.Tests;

/// <summary>An observer that keeps what it is told, and can wait for it.</summary>
internal sealed class Recorder<T>(Action<T>? then = null) : IObserver<T>
{
    private readonly Lock _gate = new();
    private readonly List<T> _values = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waits = [];
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Completed => _completed.Task;

    public int Completions { get; private set; }

    public Exception? Error { get; private set; }

    public IReadOnlyList<T> Values
    {
        get
        {
            lock (_gate)
            {
                return [.. _values];
            }
        }
    }

    public Task WhenTold(int count)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_values.Count >= count)
            {
                return Task.CompletedTask;
            }

            _waits.Add((count, reached));
        }

        return reached.Task;
    }

    public void OnNext(T value)
    {
        lock (_gate)
        {
            _values.Add(value);
            _waits.FindAll(wait => wait.Count <= _values.Count).ForEach(wait => wait.Reached.TrySetResult());
        }

        then?.Invoke(value);
    }

    public void OnCompleted()
    {
        Completions++;
        _completed.TrySetResult();
    }

    public void OnError(Exception error) => Error = error;
}
