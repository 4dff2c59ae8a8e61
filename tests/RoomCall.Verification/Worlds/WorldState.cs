using System.Collections.Immutable;
using RoomCall.Server.Rooms;
using RoomCall.Signaling;

namespace RoomCall.Verification.Worlds;

/// <summary>A connection to the server whose client is gone, which the server does not know yet.</summary>
/// <param name="Id">The peer's id.</param>
/// <param name="Outbox">What it had sent, on its way.</param>
internal sealed record Ghost(string Id, ImmutableArray<CallEffect> Outbox);

/// <summary>A copy of a message that was held back.</summary>
/// <param name="Side">Whom it was for.</param>
/// <param name="Stay">In which of its stays.</param>
/// <param name="Input">The message.</param>
internal sealed record HeldMessage(int Side, int Stay, CallInput.PeerSaid Input);

/// <summary>One state of the whole world: the programs, the room, and what is between them. A value.</summary>
internal sealed record WorldState
{
    public ImmutableArray<Side> Sides { get; init; } = [];

    public RoomState Room { get; init; } = RoomState.Empty(RoomName, capacity: 2);

    /// <summary>What is parked in the room and was not handed out.</summary>
    public ImmutableArray<PeerMessage> Parked { get; init; } = [];

    public ImmutableArray<Ghost> Ghosts { get; init; } = [];

    public HeldMessage? Held { get; init; }

    public bool IsNetworkDown { get; init; }

    /// <summary>How many acts the world has left.</summary>
    public int ActsLeft { get; init; }

    /// <summary>The kinds of acts so far, one bit each.</summary>
    public ulong Acts { get; init; }

    public const string RoomName = "lobby";
}
