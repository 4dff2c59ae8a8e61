using RoomCall.Scheduling;

namespace RoomCall.Signaling.Links;

/// <summary>Sends on one link what the outbox has, one frame at a time. Where nothing is under way it begins on the caller's thread, and no
/// task stays while there is nothing to send.</summary>
/// <param name="link">The link.</param>
/// <param name="outbox">What goes out.</param>
/// <param name="atFailure">Called once when the link takes no more.</param>
internal sealed class LinkSender(ISignalingLink link, LinkOutbox outbox, Action<Exception> atFailure)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isSending;
    private bool _isStopped;

    /// <summary>There may be something to send.</summary>
    public void Kick()
    {
        lock (_gate)
        {
            if (_isStopped || _isSending)
            {
                return;
            }

            _isSending = true;
        }

        _ = SendAllAsync();
    }

    /// <summary>Begins no further frame.</summary>
    /// <returns>A task that ends when the one under way has.</returns>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _isStopped = true;
            if (!_isSending)
            {
                _stopped.TrySetResult();
            }
        }

        return _stopped.Task;
    }

    private async Task SendAllAsync()
    {
        try
        {
            while (TryTakeNext(out ReadOnlyMemory<byte> frame))
            {
                await link.SendAsync(frame).ConfigureAwait(DeterministicContext.IsCurrent);
            }
        }
        catch (Exception exception)
        {
            lock (_gate)
            {
                _isStopped = true;
            }

            _stopped.TrySetResult();
            atFailure(exception);
        }
    }

    private bool TryTakeNext(out ReadOnlyMemory<byte> frame)
    {
        lock (_gate)
        {
            frame = default;
            _isSending = !_isStopped && outbox.TryTakeNext(out frame);
            if (_isStopped)
            {
                _stopped.TrySetResult();
            }

            return _isSending;
        }
    }
}
