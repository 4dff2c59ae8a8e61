using Microsoft.Extensions.Logging;
using RoomCall.Media;
using SIPSorceryMedia.Abstractions;

namespace RoomCall.SipSorcery;

/// <summary>An audio track of the other side, as it was encoded. Safe for concurrent use.</summary>
public sealed class RemoteAudioTrack : RemoteTrack
{
    private readonly ILogger _logger;
    private readonly FrameFeed<EncodedAudioFrame> _feed;

    internal RemoteAudioTrack(string id, ILogger logger)
        : base(id, MediaKind.Audio) => (_logger, _feed) = (logger, new(logger));

    /// <summary>The frames, on the network's threads: who is slow holds up the whole connection. It completes when the connection
    /// ends.</summary>
    public IObservable<EncodedAudioFrame> Frames => _feed.Frames;

    /// <summary>Plays the track on a sink of SIPSorcery's, such as a loudspeaker.</summary>
    /// <param name="sink">Is started with the first frame, and closed when the connection ends or playing is stopped.</param>
    /// <returns>Stops playing when it is disposed.</returns>
    public IDisposable PlayTo(IAudioSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        AudioFormat? playing = null;
        return Playing.Of(
            Frames,
            frame =>
            {
                if (playing?.FormatID != frame.AudioFormat.FormatID)
                {
                    bool isFirst = playing is null;
                    playing = frame.AudioFormat;
                    sink.SetAudioSinkFormat(frame.AudioFormat);
                    if (isFirst)
                        _ = sink.StartAudioSink();
                }

                sink.GotEncodedMediaFrame(frame);
            },
            () => playing is null ? Task.CompletedTask : sink.CloseAudioSink(),
            _logger);
    }

    internal override void Stop() => _feed.Complete();

    internal void Received(EncodedAudioFrame frame)
    {
        if (Enabled)
            _feed.Next(frame);
    }
}
