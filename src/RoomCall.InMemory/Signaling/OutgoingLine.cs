using System.Threading.Channels;

namespace RoomCall.InMemory;

/// <summary>What a client sends to the server: in order, each after the latency, held while the connection is interrupted, and bounded.
/// Where there is nothing to wait for, it happens at once on the caller's thread.</summary>
internal sealed class OutgoingLine(InMemorySignalerOptions options, TimeProvider timeProvider)
{
    private readonly Lock _gate = new();
    private Channel<Departure>? _waiting;
    private int _count;

    /// <summary>Does it in its turn.</summary>
    /// <param name="action">What reaches the server.</param>
    /// <param name="hold">The end of an interruption, or null.</param>
    /// <param name="cancellationToken">Ends the wait for a place in the line.</param>
    /// <returns>A task that ends when it was taken.</returns>
    public ValueTask RunAsync(Action action, Task? hold, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_count > 0 || hold is not null || options.Latency > TimeSpan.Zero)
            {
                _count++;
                _waiting ??= Start();
                long due = timeProvider.GetTimestamp() + (long)(options.Latency.TotalSeconds * timeProvider.TimestampFrequency);
                return _waiting.Writer.WriteAsync(new Departure(action, due, hold), cancellationToken);
            }
        }

        action();
        return default;
    }

    /// <summary>Ends when all that was taken has reached the server.</summary>
    public async ValueTask WhenIdleAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await RunAsync(idle.SetResult, null, cancellationToken).ConfigureAwait(false);
        await idle.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private Channel<Departure> Start()
    {
        Channel<Departure> waiting = Channel.CreateBounded<Departure>(new BoundedChannelOptions(options.QueueLimit) { SingleReader = true });
        _ = RunAsync(waiting.Reader);
        return waiting;
    }

    private async Task RunAsync(ChannelReader<Departure> waiting)
    {
        await foreach (Departure departure in waiting.ReadAllAsync().ConfigureAwait(false))
        {
            if (departure.Hold is { } hold)
            {
                await hold.ConfigureAwait(false);
            }

            TimeSpan remaining = timeProvider.GetElapsedTime(timeProvider.GetTimestamp(), departure.Due);
            if (remaining > TimeSpan.Zero)
            {
                await Task.Delay(remaining, timeProvider).ConfigureAwait(false);
            }

            departure.Action();
            lock (_gate)
            {
                _count--;
            }
        }
    }

    private readonly record struct Departure(Action Action, long Due, Task? Hold);
}
