using Microsoft.Extensions.Logging;
using RoomCall.Scheduling;

namespace RoomCall.Signaling.Links;

/// <summary>Makes the further links of a stay, as the policy says. Attempts count on from loss to loss until a link has proved itself, so
/// that a server which takes every link and loses it is not asked for ever.</summary>
internal sealed partial class Reconnection(
    Func<CancellationToken, ValueTask<ISignalingLink>> connect, IReconnectPolicy policy, TimeProvider timeProvider, ILogger logger)
{
    private int _attempts;
    private long? _lostAt;

    /// <summary>The last link has brought the stay on: the next loss is a new one.</summary>
    public void Prove()
    {
        _attempts = 0;
        _lostAt = null;
    }

    /// <summary>Makes a link.</summary>
    /// <param name="error">Why the last one is lost; null: it is not, and a new one is made at once.</param>
    /// <param name="stop">Ends the attempts.</param>
    /// <exception cref="RoomCallException">The policy gave up.</exception>
    /// <exception cref="OperationCanceledException">The attempts were ended.</exception>
    public async Task<ISignalingLink> ConnectAsync(Exception? error, CancellationToken stop)
    {
        _lostAt ??= timeProvider.GetTimestamp();
        while (true)
        {
            if (error is not null)
            {
                await WaitAsync(error, stop).ConfigureAwait(DeterministicContext.IsCurrent);
            }

            stop.ThrowIfCancellationRequested();
            try
            {
                return await connect(stop).ConfigureAwait(DeterministicContext.IsCurrent);
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                error = exception;
            }
        }
    }

    private async Task WaitAsync(Exception error, CancellationToken stop)
    {
        TimeSpan elapsed = timeProvider.GetElapsedTime(_lostAt!.Value);
        TimeSpan? delay = policy.NextDelay(new ReconnectAttempt(_attempts + 1, elapsed, error));
        if (delay is not { } wait)
        {
            throw SignalingLoss.GaveUp(_attempts, elapsed, error);
        }

        _attempts++;
        Log.TryingAgain(logger, _attempts, wait.TotalMilliseconds, error);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, timeProvider, stop).ConfigureAwait(DeterministicContext.IsCurrent);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1401, LogLevel.Debug, "The connection to the signaling server is lost; attempt {Attempt} follows in {Delay} ms.")]
        public static partial void TryingAgain(ILogger logger, int attempt, double delay, Exception exception);
    }
}
