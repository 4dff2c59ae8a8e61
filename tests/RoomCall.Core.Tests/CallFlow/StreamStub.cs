using RoomCall.Media;

namespace RoomCall.Tests.Flow;

internal sealed class StreamStub : IMediaStream
{
    public string Id => "stream";

    public IReadOnlyList<IMediaTrack> Tracks => [];

    public ValueTask DisposeAsync() => default;
}
