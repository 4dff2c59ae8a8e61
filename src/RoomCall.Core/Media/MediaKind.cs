namespace RoomCall.Media;

/// <summary>The kind of a track. Source: W3C Media Capture and Streams, MediaStreamTrack.kind.</summary>
public enum MediaKind
{
    /// <summary>Sound ("audio").</summary>
    Audio,

    /// <summary>Pictures ("video").</summary>
    Video,
}
