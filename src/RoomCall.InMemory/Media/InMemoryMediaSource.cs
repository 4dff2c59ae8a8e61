using RoomCall.Media;
using RoomCall.Scheduling;

namespace RoomCall.InMemory;

/// <summary>
/// A camera and a microphone that exist in memory only: tests decide whether they are granted, when, and what they send.
/// Safe for concurrent use.
/// </summary>
public sealed class InMemoryMediaSource : IMediaSource
{
    private readonly Lock _gate = new();
    private readonly string _name;
    private readonly bool _hasAudio;
    private readonly bool _hasVideo;
    private TaskCompletionSource _consent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    /// <summary>Makes a source.</summary>
    /// <param name="audio">Whether its streams have an audio track.</param>
    /// <param name="video">Whether its streams have a video track.</param>
    /// <param name="askConsent">Whether opening waits until <see cref="Grant"/>, <see cref="Refuse"/> or <see cref="Fail"/> is called,
    /// as a browser waits for its user; else it is granted.</param>
    /// <param name="name">What the ids of its streams begin with; letters and digits.</param>
    /// <exception cref="ArgumentException">There is neither audio nor video, or the name has other characters.</exception>
    public InMemoryMediaSource(bool audio = true, bool video = true, bool askConsent = false, string name = "local")
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!audio && !video) throw new ArgumentException("A stream has audio, video or both.", nameof(audio));
        if (!name.All(char.IsAsciiLetterOrDigit)) throw new ArgumentException("The name has letters and digits only.", nameof(name));
        (_hasAudio, _hasVideo, _name) = (audio, video, name);
        if (!askConsent) _consent.SetResult();
    }

    /// <summary>Grants the media, to those who wait and those to come.</summary>
    public void Grant() => Decide(static consent => consent.TrySetResult());

    /// <summary>Refuses the media with a <see cref="MediaRefusedException"/>, to those who wait and those to come.</summary>
    public void Refuse() => Decide(static consent => consent.TrySetException(new MediaRefusedException()));

    /// <summary>Fails as a broken device does, for those who wait and those to come.</summary>
    /// <param name="exception">What opening throws.</param>
    public void Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Decide(consent => consent.TrySetException(exception));
    }

    /// <inheritdoc/>
    /// <returns>An <see cref="InMemoryMediaStream"/>.</returns>
    public async ValueTask<IMediaStream> OpenAsync(CancellationToken cancellationToken)
    {
        Task consent;
        lock (_gate)
        {
            consent = _consent.Task;
        }

        await DeterministicContext.Follow(consent).WaitAsync(cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
        string id = $"{_name}-{Interlocked.Increment(ref _count)}";
        List<InMemoryMediaTrack> tracks = new(2);
        if (_hasAudio) tracks.Add(new($"{id}-audio", MediaKind.Audio, isRemote: false));
        if (_hasVideo) tracks.Add(new($"{id}-video", MediaKind.Video, isRemote: false));
        return new InMemoryMediaStream(id, isRemote: false, [.. tracks]);
    }

    private void Decide(Action<TaskCompletionSource> decide)
    {
        lock (_gate)
        {
            if (_consent.Task.IsCompleted) _consent = new(TaskCreationOptions.RunContinuationsAsynchronously);
            decide(_consent);

            // A failure that nobody happens to wait for is no unobserved exception.
            _ = _consent.Task.Exception;
        }
    }
}
