using System.Collections.Immutable;

namespace RoomCall.Server.Rooms;

/// <summary>
/// What a room is: a value. Two states with the same members in the same order are equal, so that a search over all
/// states can tell which ones it has seen.
/// </summary>
internal sealed class RoomState : IEquatable<RoomState>
{
    private RoomState(string room, int capacity, ImmutableArray<string> members, ParkedOffer? parked)
    {
        Room = room;
        Capacity = capacity;
        Members = members;
        Parked = parked;
    }

    /// <summary>The room's name.</summary>
    public string Room { get; }

    /// <summary>How many members have a place.</summary>
    public int Capacity { get; }

    /// <summary>The ids of the members, longest stay first.</summary>
    public ImmutableArray<string> Members { get; }

    /// <summary>
    /// The member that makes the offer, or null in an empty room. The first to come has the role, and it passes to the longest stay
    /// (book defect D3): so it is always the longest stay, and a room with two initiators, or with none, cannot be written down.
    /// </summary>
    public string? Initiator => Members.IsEmpty ? null : Members[0];

    /// <summary>What a member that was alone has left for the next one to come, or did last; or null.</summary>
    public ParkedOffer? Parked { get; }

    public bool IsEmpty => Members.IsEmpty;

    public bool IsFull => Members.Length >= Capacity;

    /// <summary>A room with nobody in it.</summary>
    public static RoomState Empty(string room, int capacity) => new(room, capacity, [], null);

    public bool Holds(string peer) => Members.Contains(peer);

    /// <summary>With one more member, who is handed what is parked.</summary>
    public RoomState With(string peer) =>
        new(Room, Capacity, Members.Add(peer), Parked is { TakenBy: null } parked ? parked with { TakenBy = peer } : Parked);

    /// <summary>Without a member, and without what only it could still take or add to.</summary>
    public RoomState Without(string peer) =>
        new(Room, Capacity, Members.Remove(peer), Parked?.By == peer ? null : Parked?.TakenBy == peer ? Parked.Voided : Parked);

    public RoomState With(ParkedOffer? parked) => new(Room, Capacity, Members, parked);

    public bool Equals(RoomState? other) =>
        other is not null
        && Capacity == other.Capacity
        && Room == other.Room
        && Parked == other.Parked
        && Members.AsSpan().SequenceEqual(other.Members.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as RoomState);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Room);
        hash.Add(Capacity);
        hash.Add(Parked);
        foreach (string member in Members)
        {
            hash.Add(member);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => $"{Room} {Members.Length}/{Capacity} [{string.Join(", ", Members)}]";
}
