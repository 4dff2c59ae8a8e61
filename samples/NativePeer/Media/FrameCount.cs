using RoomCall.Media;
using RoomCall.SipSorcery;

namespace RoomCall.Samples;

/// <summary>Counts the frames of one track of the other side, and tells the number when the connection ends.</summary>
internal sealed class FrameCount
{
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly string _kind;
    private readonly Timeline _timeline;
    private int _frames;
    private long _first;
    private long _last;

    private FrameCount(string kind, Timeline timeline) => (_kind, _timeline) = (kind, timeline);

    public static void Begin(IMediaTrack track, Timeline timeline)
    {
        // Subscribed until the track completes, which is when its connection ends.
        switch (track)
        {
            case RemoteAudioTrack audio:
                FrameCount sounds = new("audio", timeline);
                audio.Frames.Subscribe(_ => sounds.Add(), sounds.Tell);
                break;
            case RemoteVideoTrack video:
                FrameCount pictures = new("video", timeline);
                video.Frames.Subscribe(_ => pictures.Add(), pictures.Tell);
                break;
        }
    }

    private void Add()
    {
        bool isFirst;
        lock (_gate)
        {
            isFirst = _frames++ == 0;
            _last = _time.GetTimestamp();
            if (isFirst) _first = _last;
        }

        if (isFirst) _timeline.Came($"{_kind} begins");
    }

    private void Tell()
    {
        lock (_gate)
        {
            TimeSpan time = _time.GetElapsedTime(_first, _last);
            _timeline.Came(FormattableString.Invariant($"{_kind}: {_frames} frames in {time.TotalSeconds:0.0} s"));
        }
    }
}
