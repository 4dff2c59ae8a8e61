namespace RoomCall.Media;

/// <summary>A group of tracks that belong together, local or remote. Source: W3C Media Capture and Streams, MediaStream.</summary>
public interface IMediaStream : IAsyncDisposable
{
    /// <summary>The stream's identity within the call (RFC 8830, msid).</summary>
    string Id { get; }

    /// <summary>The tracks.</summary>
    IReadOnlyList<IMediaTrack> Tracks { get; }
}
