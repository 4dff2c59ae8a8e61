using RoomCall.Media;

namespace RoomCall.InMemory;

/// <summary>A stream of the in-memory engine: a local one that an <see cref="InMemoryMediaSource"/> opened, or a remote one that a peer
/// connection told of. Safe for concurrent use.</summary>
public sealed class InMemoryMediaStream : IMediaStream
{
    private InMemoryMediaTrack[] _tracks;

    internal InMemoryMediaStream(string id, bool isRemote, params InMemoryMediaTrack[] tracks)
    {
        Id = id;
        IsRemote = isRemote;
        _tracks = tracks;
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <summary>Whether the stream comes from the other side.</summary>
    public bool IsRemote { get; }

    /// <summary>The tracks, audio first.</summary>
    public IReadOnlyList<InMemoryMediaTrack> Tracks => _tracks;

    IReadOnlyList<IMediaTrack> IMediaStream.Tracks => _tracks;

    /// <summary>Stops the tracks: a local one sends nothing any more, a remote one completes its frames. Safe to call twice.</summary>
    /// <returns>A completed task.</returns>
    public ValueTask DisposeAsync()
    {
        foreach (InMemoryMediaTrack track in _tracks) track.Stop();
        return default;
    }

    internal static InMemoryMediaStream Remote(string id) => new(id, isRemote: true);

    internal void Add(InMemoryMediaTrack track) => _tracks = [.. _tracks, track];
}
