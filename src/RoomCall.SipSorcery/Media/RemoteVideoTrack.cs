using System.Net;
using Microsoft.Extensions.Logging;
using RoomCall.Media;
using SIPSorceryMedia.Abstractions;

namespace RoomCall.SipSorcery;

/// <summary>A video track of the other side, as it was encoded. Safe for concurrent use.</summary>
public sealed class RemoteVideoTrack : RemoteTrack
{
    private static readonly IPEndPoint Nobody = new(IPAddress.None, 0);

    private readonly ILogger _logger;
    private readonly FrameFeed<EncodedVideoFrame> _feed;

    internal RemoteVideoTrack(string id, ILogger logger)
        : base(id, MediaKind.Video) => (_logger, _feed) = (logger, new(logger));

    /// <summary>The frames, whole, on the network's threads: who is slow holds up the whole connection. It completes when the connection
    /// ends.</summary>
    public IObservable<EncodedVideoFrame> Frames => _feed.Frames;

    /// <summary>Shows the track on a sink of SIPSorcery's, such as a decoder.</summary>
    /// <param name="sink">Is started with the first frame, and closed when the connection ends or playing is stopped.</param>
    /// <returns>Stops playing when it is disposed.</returns>
    public IDisposable PlayTo(IVideoSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        VideoFormat? playing = null;
        return Playing.Of(
            Frames,
            frame =>
            {
                if (playing?.FormatID != frame.Format.FormatID)
                {
                    bool isFirst = playing is null;
                    playing = frame.Format;
                    sink.SetVideoSinkFormat(frame.Format);
                    if (isFirst)
                        _ = sink.StartVideoSink();
                }

                sink.GotVideoFrame(Nobody, frame.Timestamp, frame.Data, frame.Format);
            },
            () => playing is null ? Task.CompletedTask : sink.CloseVideoSink(),
            _logger);
    }

    internal override void Stop() => _feed.Complete();

    internal void Received(EncodedVideoFrame frame)
    {
        if (Enabled)
            _feed.Next(frame);
    }
}
