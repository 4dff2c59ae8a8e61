using RoomCall.PeerConnections;

namespace RoomCall.Server;

/// <summary>Whether a client may be in a room, and as whom.</summary>
public sealed record RoomAdmission
{
    private RoomAdmission()
    {
    }

    /// <summary>Whether it may.</summary>
    public bool IsAllowed { get; private init; }

    /// <summary>The name that the others are told, with <see cref="IsAllowed"/>; null: it has none.</summary>
    public string? Name { get; private init; }

    /// <summary>The ICE servers to recommend to this client, with <see cref="IsAllowed"/>; null: those of <see cref="RoomBrokerOptions.IceServers"/>.</summary>
    public IReadOnlyList<IceServer>? IceServers { get; private init; }

    /// <summary>What the client is told when it may not: a sentence for people that says what to do.</summary>
    public string Detail { get; private init; } = "";

    /// <summary>The client may be in the room.</summary>
    /// <param name="name">The name that the others are told, which replaces the one that the client wished for; null: none. It follows the
    /// rules of <see cref="SignalingServerOptions.MaxNameLength"/>: with one that does not, the client is refused and the fault logged.</param>
    /// <param name="iceServers">ICE servers for this client, credentials made for it included, each with a URL at least; null: the server's.</param>
    public static RoomAdmission Allow(string? name, IReadOnlyList<IceServer>? iceServers = null) =>
        new() { IsAllowed = true, Name = name, IceServers = iceServers };

    /// <summary>The client may not be in the room.</summary>
    /// <param name="detail">A sentence for people that says what to do.</param>
    public static RoomAdmission Deny(string detail = "You may not be in this room: ask its owner, or sign in as somebody else.")
    {
        ArgumentException.ThrowIfNullOrEmpty(detail);
        return new() { Detail = detail };
    }
}
