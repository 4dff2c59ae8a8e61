using RoomCall.Media;

namespace RoomCall.SipSorcery;

/// <summary>The local media of one stay; each call of it sends them in turn.</summary>
internal sealed class LocalStream(LocalAudioTrack? audio, LocalVideoTrack? video) : IMediaStream
{
    private readonly LocalTrack[] _tracks = [.. new LocalTrack?[] { audio, video }.OfType<LocalTrack>()];

    public string Id { get; } = Guid.NewGuid().ToString();

    public IReadOnlyList<LocalTrack> Tracks => _tracks;

    IReadOnlyList<IMediaTrack> IMediaStream.Tracks => _tracks;

    public async ValueTask DisposeAsync()
    {
        foreach (LocalTrack track in _tracks)
            await track.CloseAsync().ConfigureAwait(false);
    }
}
