namespace RoomCall.Media;

/// <summary>One track of a stream. Source: W3C Media Capture and Streams, MediaStreamTrack.</summary>
public interface IMediaTrack
{
    /// <summary>The track's identity within the call.</summary>
    string Id { get; }

    /// <summary>Sound or pictures.</summary>
    MediaKind Kind { get; }

    /// <summary>False mutes the track: a local one sends silence or black, a remote one is not rendered.</summary>
    bool Enabled { get; set; }
}
