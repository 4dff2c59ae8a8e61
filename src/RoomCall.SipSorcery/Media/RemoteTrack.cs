using RoomCall.Media;

namespace RoomCall.SipSorcery;

/// <summary>A track of the other side: a <see cref="RemoteAudioTrack"/> or a <see cref="RemoteVideoTrack"/>.</summary>
public abstract class RemoteTrack : IMediaTrack
{
    private protected RemoteTrack(string id, MediaKind kind) => (Id, Kind) = (id, kind);

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public MediaKind Kind { get; }

    /// <summary>False: what comes is thrown away. <value>Default: true.</value></summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Nothing more comes; <c>Frames</c> completes.</summary>
    internal abstract void Stop();
}
