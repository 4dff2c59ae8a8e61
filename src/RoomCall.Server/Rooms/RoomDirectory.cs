using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace RoomCall.Server.Rooms;

/// <summary>The rooms of one broker by name, and the seats by member. No lock over all of them; the counts are exact.</summary>
internal sealed class RoomDirectory(int maxRooms)
{
    private readonly ConcurrentDictionary<string, Room> _rooms = new();
    private readonly ConcurrentDictionary<IRoomMember, RoomSeat> _seats = new(ReferenceEqualityComparer.Instance);
    private int _openRooms;
    private int _members;

    public int RoomCount => Volatile.Read(ref _openRooms);

    public int MemberCount => Volatile.Read(ref _members);

    /// <summary>Whether nothing at all is kept: what must be true when all have left.</summary>
    public bool IsEmpty => _rooms.IsEmpty && _seats.IsEmpty && RoomCount == 0 && MemberCount == 0;

    public bool TryGetRoom(string name, [MaybeNullWhen(false)] out Room room) => _rooms.TryGetValue(name, out room);

    /// <summary>Takes in a room that is not open yet, unless another has the name: then that one.</summary>
    public Room GetOrAdd(Room room) => _rooms.GetOrAdd(room.Name, room);

    /// <summary>Counts a room that gets its first member, if there may be one more.</summary>
    public bool TryOpen()
    {
        // Compared before it is counted: a count that overshoots and comes back would refuse others for nothing.
        int open = Volatile.Read(ref _openRooms);
        while (open < maxRooms)
        {
            int before = Interlocked.CompareExchange(ref _openRooms, open + 1, open);
            if (before == open)
                return true;

            open = before;
        }

        return false;
    }

    /// <summary>Forgets a room that was opened and is empty again.</summary>
    public void Close(Room room)
    {
        Forget(room);
        Interlocked.Decrement(ref _openRooms);
    }

    /// <summary>Forgets a room that was never opened.</summary>
    public void Forget(Room room) => _rooms.TryRemove(KeyValuePair.Create(room.Name, room));

    /// <summary>Takes down that the member is in a room or about to be, unless it was before.</summary>
    public bool TrySeat(RoomSeat seat) => _seats.TryAdd(seat.Member, seat);

    public void Unseat(RoomSeat seat) => _seats.TryRemove(KeyValuePair.Create(seat.Member, seat));

    public void CountMembers(int change) => Interlocked.Add(ref _members, change);

    public bool TryGetSeat(IRoomMember member, [MaybeNullWhen(false)] out RoomSeat seat) => _seats.TryGetValue(member, out seat);
}
