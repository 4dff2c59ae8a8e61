using RoomCall.Scheduling;

namespace RoomCall.InMemory;

/// <summary>
/// Makes operations of a factory and its connections fail, hang or take time. Each fault is used up by the next operation of its kind, on
/// whichever connection; several faults of one kind are used in the order they were set. Safe for concurrent use.
/// </summary>
public sealed class InMemoryFaults
{
    private readonly Dictionary<InMemoryOperation, Queue<Fault>> _faults = [];
    private int _count;

    internal InMemoryFaults()
    {
    }

    private readonly record struct Fault(Exception? Exception, TimeSpan Delay);

    /// <summary>The next such operation throws, and has changed nothing.</summary>
    /// <param name="operation">Which.</param>
    /// <param name="exception">What it throws.</param>
    public void FailNext(InMemoryOperation operation, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Set(operation, new(exception, TimeSpan.Zero));
    }

    /// <summary>The next such operation does not end, until its token is cancelled or its connection disposed.</summary>
    /// <param name="operation">Which; not one of the two that return no task.</param>
    /// <exception cref="ArgumentException">The operation returns no task.</exception>
    public void HangNext(InMemoryOperation operation) => Set(Waiting(operation), new(null, Timeout.InfiniteTimeSpan));

    /// <summary>The next such operation begins only after a while of the network's clock.</summary>
    /// <param name="operation">Which; not one of the two that return no task.</param>
    /// <param name="delay">How long; above zero.</param>
    /// <exception cref="ArgumentException">The operation returns no task.</exception>
    public void DelayNext(InMemoryOperation operation, TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(delay, TimeSpan.Zero);
        Set(Waiting(operation), new(null, delay));
    }

    /// <summary>Forgets the faults that were not used.</summary>
    public void Clear()
    {
        lock (_faults)
        {
            _faults.Clear();
            _count = 0;
        }
    }

    /// <summary>Throws when the operation is to fail.</summary>
    internal void Meet(InMemoryOperation operation)
    {
        if (TryTake(operation, out Fault fault) && fault.Exception is { } exception) throw exception;
    }

    /// <summary>Fails or waits as the next fault says.</summary>
    internal ValueTask MeetAsync(
        InMemoryOperation operation, TimeProvider time, InMemoryPeerConnection? connection, CancellationToken cancellationToken)
    {
        if (!TryTake(operation, out Fault fault)) return default;
        return fault.Exception is { } exception
            ? ValueTask.FromException(exception)
            : new(WaitAsync(fault.Delay, time, connection, cancellationToken));
    }

    private static async Task WaitAsync(
        TimeSpan delay, TimeProvider time, InMemoryPeerConnection? connection, CancellationToken cancellationToken)
    {
        if (connection is null)
        {
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
            return;
        }

        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task wait = DeterministicContext.Follow(Task.Delay(delay, time, either.Token));
        Task ended = DeterministicContext.Follow(connection.WhenDisposing());
        bool isDisposed = await Task.WhenAny(wait, ended).ConfigureAwait(DeterministicContext.IsCurrent) == ended;
        either.Cancel(); // ends the delay, and nothing else listens
        ObjectDisposedException.ThrowIf(isDisposed, connection);
        await wait.ConfigureAwait(DeterministicContext.IsCurrent);
    }

    private static InMemoryOperation Waiting(InMemoryOperation operation) =>
        operation is InMemoryOperation.AddStream or InMemoryOperation.CreateDataChannel
            ? throw new ArgumentException($"{operation} returns no task, so it cannot wait; it can only fail.", nameof(operation))
            : operation;

    private void Set(InMemoryOperation operation, Fault fault)
    {
        lock (_faults)
        {
            if (!_faults.TryGetValue(operation, out Queue<Fault>? queue)) _faults[operation] = queue = new();
            queue.Enqueue(fault);
            _count++;
        }
    }

    private bool TryTake(InMemoryOperation operation, out Fault fault)
    {
        fault = default;
        if (Volatile.Read(ref _count) == 0) return false;
        lock (_faults)
        {
            if (!_faults.TryGetValue(operation, out Queue<Fault>? queue) || !queue.TryDequeue(out fault)) return false;
            _count--;
            return true;
        }
    }
}
