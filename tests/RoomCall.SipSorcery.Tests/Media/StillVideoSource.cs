using RoomCall.Conformance;
using SIPSorceryMedia.Abstractions;

namespace RoomCall.SipSorcery.Tests;

#pragma warning disable CS0067 // events of the interface that nobody needs here

/// <summary>A video source that sends the frames that a test gives it.</summary>
internal sealed class StillVideoSource(VideoCodecsEnum codec = VideoCodecsEnum.VP8) : IVideoSource
{
    public event EncodedSampleDelegate? OnVideoSourceEncodedSample;

    public event RawVideoSampleDelegate? OnVideoSourceRawSample;

    public event RawVideoSampleFasterDelegate? OnVideoSourceRawSampleFaster;

    public event SourceErrorDelegate? OnVideoSourceError;

    /// <summary>True when it was started or resumed, false when paused or closed: in order.</summary>
    public EventLog<bool> Runs { get; } = new();

    public bool IsClosed { get; private set; }

    /// <summary>What a pause waits for; null: nothing.</summary>
    public Task? Pausing { get; set; }

    public VideoFormat? Format { get; private set; }

    public void Send(byte[] frame) => OnVideoSourceEncodedSample?.Invoke(3000, frame);

    public Task StartVideo() => Run(true);

    public Task ResumeVideo() => Run(true);

    public Task PauseVideo() => Pausing ?? Run(false);

    public Task CloseVideo()
    {
        IsClosed = true;
        return Run(false);
    }

    public List<VideoFormat> GetVideoSourceFormats() => [new VideoFormat(codec, 96)];

    public void SetVideoSourceFormat(VideoFormat videoFormat) => Format = videoFormat;

    public void RestrictFormats(Func<VideoFormat, bool> filter)
    {
    }

    public void ExternalVideoSourceRawSample(uint durationMilliseconds, int width, int height, byte[] sample, VideoPixelFormatsEnum pixelFormat)
    {
    }

    public void ExternalVideoSourceRawSampleFaster(uint durationMilliseconds, RawImage rawImage)
    {
    }

    public void ForceKeyFrame()
    {
    }

    public bool HasEncodedVideoSubscribers() => OnVideoSourceEncodedSample is not null;

    public bool IsVideoSourcePaused() => !Runs.All[^1];

    private Task Run(bool isRunning)
    {
        Runs.Add(isRunning);
        return Task.CompletedTask;
    }
}
