using RoomCall.Media;

namespace RoomCall.Conformance;

/// <summary>A source of media whose user decides when the test says so.</summary>
public sealed class ConsentSource(IMediaSource source) : IMediaSource
{
    private readonly TaskCompletionSource _consent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the user was asked.</summary>
    public Task Asked => _asked.Task;

    public void Grant() => _consent.SetResult();

    public void Refuse() => _consent.SetException(new MediaRefusedException());

    public void Fail() => _consent.SetException(new IOException("The camera is in use."));

    public async ValueTask<IMediaStream> OpenAsync(CancellationToken cancellationToken)
    {
        _asked.TrySetResult();
        await _consent.Task.WaitAsync(cancellationToken);
        return await source.OpenAsync(cancellationToken);
    }
}
