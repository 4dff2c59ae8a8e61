using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Server;

/// <summary>What one who enters a room brings, beside itself.</summary>
public sealed record RoomEntryOptions
{
    /// <summary>The name that the others are told; which names there may be is the caller's to check. <value>Default: null, no name.</value></summary>
    public string? Name { get; init; }

    /// <summary>The id of the stay, hard to guess and had by nobody else; one that a member of the room has is refused with
    /// <see cref="RoomErrorCode.AlreadyJoined"/>. <value>Default: null, the broker makes one.</value></summary>
    public string? PeerId { get; init; }

    /// <summary>The ICE servers to recommend to this one, credentials made for it included. <value>Default: null, those of
    /// <see cref="RoomBrokerOptions.IceServers"/>.</value></summary>
    public IReadOnlyList<IceServer>? IceServers { get; init; }
}
