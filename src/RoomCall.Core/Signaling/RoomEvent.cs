using System.Collections.Immutable;
using RoomCall.PeerConnections;

namespace RoomCall.Signaling;

/// <summary>What the signaling server tells a member of a room, by the book's names (rows S1 to S6), and what the connection to it
/// tells of itself.</summary>
public abstract record RoomEvent
{
    private protected RoomEvent()
    {
    }

    /// <summary><c>created</c>: this peer is the first in the room, and its initiator (book row S1). Told again within a stay by a
    /// connection that was repaired at a server which had forgotten it: see point 5 of <see cref="IRoomConnection"/>.</summary>
    /// <param name="Room">The room's name.</param>
    /// <param name="Self">The id that the server gave this peer for this stay.</param>
    /// <param name="IceServers">ICE servers that the server recommends; may be empty.</param>
    public sealed record Created(string Room, string Self, IReadOnlyList<IceServer> IceServers) : RoomEvent;

    /// <summary><c>joined</c>: this peer is in the room, and others are there already (book row S4). What the initiator had parked for the
    /// one who comes follows as <see cref="Message"/>s of the initiator. Told again as <see cref="Created"/> is.</summary>
    /// <param name="Room">The room's name.</param>
    /// <param name="Self">The id that the server gave this peer for this stay.</param>
    /// <param name="Peers">The others, longest stay first.</param>
    /// <param name="Initiator">The peer that makes the offer.</param>
    /// <param name="IceServers">ICE servers that the server recommends; may be empty.</param>
    public sealed record Joined(
        string Room,
        string Self,
        IReadOnlyList<string> Peers,
        string Initiator,
        IReadOnlyList<IceServer> IceServers) : RoomEvent
    {
        /// <summary>The names of those peers that have one, by their ids. <value>Default: none.</value></summary>
        public IReadOnlyDictionary<string, string> Names { get; init; } = ImmutableDictionary<string, string>.Empty;
    }

    /// <summary><c>full</c>: no place is free (book row S2).</summary>
    /// <param name="Room">The room's name.</param>
    public sealed record Full(string Room) : RoomEvent;

    /// <summary><c>join</c>: another peer has come (book row S3).</summary>
    /// <param name="Peer">Its id.</param>
    /// <param name="Initiator">The peer that makes the offer.</param>
    public sealed record Join(string Peer, string Initiator) : RoomEvent
    {
        /// <summary>The peer's name, if it has one.</summary>
        public string? Name { get; init; }

        /// <summary>The generation of what this member had parked and the peer was handed with its <see cref="Joined"/>; null: it was
        /// handed nothing.</summary>
        public int? Parked { get; init; }
    }

    /// <summary><c>left</c>: a peer is gone (absent from the book: defect D4).</summary>
    /// <param name="Peer">Its id.</param>
    /// <param name="Reason">Whether it left or vanished.</param>
    /// <param name="Initiator">The peer that makes the next offer.</param>
    public sealed record Left(string Peer, PeerLeftReason Reason, string Initiator) : RoomEvent;

    /// <summary><c>away</c>: a peer's connection to the server is gone, and its seat is kept for a while. <see cref="Back"/> or
    /// <see cref="Left"/> follows; what is sent to it meanwhile waits.</summary>
    /// <param name="Peer">Its id.</param>
    public sealed record Away(string Peer) : RoomEvent;

    /// <summary><c>back</c>: a peer that was away has taken its seat again; nothing was lost.</summary>
    /// <param name="Peer">Its id.</param>
    public sealed record Back(string Peer) : RoomEvent;

    /// <summary><c>log</c>: lines of the server's own log (book row S5).</summary>
    /// <param name="Lines">The lines.</param>
    public sealed record Log(IReadOnlyList<string> Lines) : RoomEvent;

    /// <summary><c>message</c>: what another peer sent, as it was sent (book row S6).</summary>
    /// <param name="From">The sender's id, vouched for by the server.</param>
    /// <param name="Payload">One JSON value in UTF-8; not looked at by the server, so anything may be in it.</param>
    public sealed record Message(string From, ReadOnlyMemory<byte> Payload) : RoomEvent;

    /// <summary><c>error</c>: the server refused something. Before <see cref="Created"/> or <see cref="Joined"/> it refuses the stay.</summary>
    /// <param name="Code">What was refused.</param>
    /// <param name="Detail">A sentence for people that says what to do.</param>
    public sealed record Error(RoomErrorCode Code, string Detail) : RoomEvent;

    /// <summary>The connection to the server is interrupted and being repaired; what is sent waits.</summary>
    public sealed record Interrupted : RoomEvent;

    /// <summary>The connection is repaired: what both sides sent meanwhile arrives.</summary>
    public sealed record Resumed : RoomEvent;
}
