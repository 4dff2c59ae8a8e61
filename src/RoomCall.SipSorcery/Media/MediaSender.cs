using Microsoft.Extensions.Logging;
using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>Sends one local track on one connection, from when it is up until it is closed.</summary>
internal sealed partial class MediaSender(LocalTrack track, MediaStream section, ILogger logger)
{
    private readonly Lock _gate = new();
    private bool _isSending;
    private bool _isStopped;
    private bool _hasFailed;
    private volatile bool _isSilent;

    /// <summary>Begins.</summary>
    public async Task StartAsync()
    {
        lock (_gate)
        {
            if (_isSending || _isStopped)
                return;

            _isSending = true;
        }

        // The formats are known now: a source that runs before it has one sends what the other side cannot read.
        await track.StartAsync(Begin).ConfigureAwait(false);
    }

    /// <summary>Sends no more; the source runs on.</summary>
    public void Silence() => _isSilent = true;

    /// <summary>Sends no more, and lets the source rest.</summary>
    public async Task StopAsync()
    {
        lock (_gate)
        {
            _isStopped = true;
            if (!_isSending)
                return;

            _isSending = false;
        }

        switch (track)
        {
            case LocalAudioTrack audio:
                audio.Source.OnAudioSourceEncodedSample -= SendAudio;
                break;
            case LocalVideoTrack video:
                video.Source.OnVideoSourceEncodedSample -= SendVideo;
                break;
            default:
                break;
        }

        await track.StopAsync().ConfigureAwait(false);
    }

    private void Begin()
    {
        SDPAudioVideoMediaFormat format = section.LocalTrack.Capabilities.FirstOrDefault(static format => !IsTone(format));
        switch (track)
        {
            case LocalAudioTrack audio:
                audio.Source.SetAudioSourceFormat(format.ToAudioFormat());
                audio.Source.OnAudioSourceEncodedSample += SendAudio;
                break;
            case LocalVideoTrack video:
                video.Source.SetVideoSourceFormat(format.ToVideoFormat());
                video.Source.OnVideoSourceEncodedSample += SendVideo;
                video.Source.ForceKeyFrame();
                break;
            default:
                break;
        }
    }

    private void SendAudio(uint duration, byte[] sample) => Send(() => ((AudioStream)section).SendAudio(duration, sample));

    private void SendVideo(uint duration, byte[] sample) => Send(() => ((VideoStream)section).SendVideo(duration, sample));

    // On the source's thread, where an exception would end the process.
    private void Send(Action send)
    {
        if (!track.Enabled || _isSilent)
            return;

        try
        {
            send();
        }
        catch (Exception exception)
        {
            if (!_hasFailed)
                Log.SendFailed(logger, track.Kind, exception);
            _hasFailed = true; // once is enough
        }
    }

    /// <summary>Whether it is a telephone's key tone, which no source makes.</summary>
    public static bool IsTone(SDPAudioVideoMediaFormat format) =>
        string.Equals(format.Name(), "telephone-event", StringComparison.OrdinalIgnoreCase);

    private static partial class Log
    {
        [LoggerMessage(3201, LogLevel.Warning, "A frame of the local {Kind} track could not be sent.")]
        public static partial void SendFailed(ILogger logger, RoomCall.Media.MediaKind kind, Exception exception);
    }
}
