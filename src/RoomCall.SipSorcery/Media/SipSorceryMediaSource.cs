using RoomCall.Media;
using SIPSorceryMedia.Abstractions;

namespace RoomCall.SipSorcery;

/// <summary>Local media from SIPSorcery's own sources: whatever implements its <see cref="IAudioSource"/> or <see cref="IVideoSource"/>, such as
/// <c>AudioExtrasSource</c>, or the endpoints of the packages SIPSorceryMedia.Windows and SIPSorceryMedia.FFmpeg.</summary>
public sealed class SipSorceryMediaSource : IMediaSource
{
    private readonly Func<IAudioSource>? _audio;
    private readonly Func<IVideoSource>? _video;

    /// <summary>Makes a source of one audio track, one video track, or both. Each stay in a room makes sources of its own.</summary>
    /// <param name="audio">Makes the audio source, which is started when a call is up, paused between calls, and closed with the stay; null:
    /// no audio.</param>
    /// <param name="video">The same for video.</param>
    /// <exception cref="ArgumentException">Both are null.</exception>
    public SipSorceryMediaSource(Func<IAudioSource>? audio = null, Func<IVideoSource>? video = null)
    {
        if (audio is null && video is null)
            throw new ArgumentException("A media source has audio, video or both: where there is none, leave CallOptions.Media null.", nameof(audio));

        (_audio, _video) = (audio, video);
    }

    /// <inheritdoc/>
    public async ValueTask<IMediaStream> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // On the pool: opening a device may block.
        return await Task.Run(Open, cancellationToken).ConfigureAwait(false);
    }

    private IMediaStream Open()
    {
        IAudioSource? audio = _audio?.Invoke();
        try
        {
            IVideoSource? video = _video?.Invoke();
            return new LocalStream(audio is null ? null : new LocalAudioTrack(audio), video is null ? null : new LocalVideoTrack(video));
        }
        catch
        {
            _ = audio?.CloseAudio(); // or the microphone stays open, since there is no camera
            throw;
        }
    }
}
