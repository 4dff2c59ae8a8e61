using RoomCall.Media;

namespace RoomCall.SipSorcery;

/// <summary>A stream of the other side.</summary>
internal sealed class RemoteStream(string id, IReadOnlyList<RemoteTrack> tracks) : IMediaStream
{
    public string Id => id;

    public IReadOnlyList<IMediaTrack> Tracks => tracks;

    public ValueTask DisposeAsync()
    {
        foreach (RemoteTrack track in tracks)
            track.Stop();
        return default;
    }
}
