using System.Buffers;
using RoomCall.Signaling;

namespace RoomCall.Server.Rooms;

/// <summary>
/// What one change of a room leaves to be done when its lock has been let go: whom to flush, whom to let go, what to count.
/// A struct over a pooled array, so that relaying a message allocates nothing here.
/// </summary>
internal ref struct Outbox
{
    private RoomSeat[]? _posted;
    private List<LetGoMember>? _letGo;

    /// <summary>A member that the broker lets go.</summary>
    /// <param name="Seat">Its seat.</param>
    /// <param name="WasInside">False for one who could not even be told that the room is full.</param>
    /// <param name="Reason">What the others are told.</param>
    /// <param name="Thrown">What it threw, if that is why.</param>
    public readonly record struct LetGoMember(RoomSeat Seat, bool WasInside, PeerLeftReason Reason, Exception? Thrown);

    /// <summary>The room's turn, 1 or more: one for each time that it takes its lock.</summary>
    public long Turn { get; set; }

    /// <summary>How many seats are to be flushed.</summary>
    public int PostedCount { get; private set; }

    /// <summary>How many members are to be let go.</summary>
    public readonly int LetGoCount => _letGo?.Count ?? 0;

    /// <summary>How many of <see cref="LetGoCount"/> have been taken out of the room.</summary>
    public int SettledCount { get; set; }

    /// <summary>By how many the broker's rooms have changed.</summary>
    public int RoomsDelta { get; set; }

    /// <summary>By how many the broker's members have changed.</summary>
    public int MembersDelta { get; set; }

    public readonly RoomSeat Posted(int index) => _posted![index];

    public readonly LetGoMember LetGo(int index) => _letGo![index];

    /// <summary>Takes down a seat to be flushed; once for a turn, however much was posted to it.</summary>
    public void AddPosted(RoomSeat seat)
    {
        if (seat.PostedInTurn == Turn)
            return;

        seat.PostedInTurn = Turn;
        if (_posted is null)
            _posted = ArrayPool<RoomSeat>.Shared.Rent(16);
        else if (PostedCount == _posted.Length)
            Grow();

        _posted[PostedCount++] = seat;
    }

    public void AddLetGo(RoomSeat seat, PeerLeftReason reason, Exception? thrown) =>
        (_letGo ??= []).Add(new LetGoMember(seat, seat.IsInside, reason, thrown));

    /// <summary>Gives the array back; nothing is to be read afterwards.</summary>
    public void Return()
    {
        if (_posted is null)
            return;

        _posted.AsSpan(0, PostedCount).Clear();
        ArrayPool<RoomSeat>.Shared.Return(_posted);
        _posted = null;
        PostedCount = 0;
    }

    private void Grow()
    {
        RoomSeat[] larger = ArrayPool<RoomSeat>.Shared.Rent(_posted!.Length * 2);
        _posted.CopyTo(larger, 0);
        ArrayPool<RoomSeat>.Shared.Return(_posted, clearArray: true);
        _posted = larger;
    }
}
