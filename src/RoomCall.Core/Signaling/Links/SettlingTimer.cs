namespace RoomCall.Signaling.Links;

/// <summary>Acknowledges what has come in a while at the latest, so that a server keeps nothing for a client that hears little.</summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="settle">Acknowledges.</param>
internal sealed class SettlingTimer(TimeProvider timeProvider, Action settle) : IDisposable
{
    // docs/protocol.md, Acknowledging.
    private static readonly TimeSpan While = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _isRunning;
    private bool _isDisposed;

    /// <summary>Something has come; the while begins, unless it runs already.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            if (_isRunning || _isDisposed)
            {
                return;
            }

            _isRunning = true;
            _timer ??= timeProvider.CreateTimer(static timer => ((SettlingTimer)timer!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(While, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
    }

    private void OnDue()
    {
        lock (_gate)
        {
            _isRunning = false;
        }

        settle();
    }
}
