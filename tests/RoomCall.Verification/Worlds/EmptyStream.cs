using RoomCall.Media;

namespace RoomCall.Verification.Worlds;

/// <summary>Local media; what is in it does not matter here.</summary>
internal sealed class EmptyStream : IMediaStream
{
    public static EmptyStream Instance { get; } = new();

    public string Id => "local";

    public IReadOnlyList<IMediaTrack> Tracks => [];

    public ValueTask DisposeAsync() => default;
}
