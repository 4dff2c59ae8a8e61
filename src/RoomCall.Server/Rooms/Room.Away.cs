using RoomCall.Signaling;

namespace RoomCall.Server.Rooms;

// Members whose connection is gone and whose place is kept.
internal sealed partial class Room
{
    /// <summary>Tells the others whether a member is away.</summary>
    /// <param name="seat">Its seat.</param>
    /// <param name="isAwayNow">Asked under the room's lock: of two threads that tell of a change, the later one here says what is so.</param>
    public void SetAway(RoomSeat seat, Func<bool> isAwayNow)
    {
        ThrowIfCalledFromTryPost();
        Outbox outbox = default;
        lock (_gate)
        {
            bool isAway = isAwayNow();
            if (!seat.IsInside || seat.IsAway == isAway)
                return;

            seat.IsAway = isAway;
            outbox.Turn = ++_turn;
            RoomEvent change = isAway ? new RoomEvent.Away(seat.PeerId) : new RoomEvent.Back(seat.PeerId);
            foreach (RoomSeat other in _seats.Values)
            {
                if (other != seat)
                    Post(other, change, ref outbox);
            }

            Settle(ref outbox);
        }

        Finish(ref outbox);
    }

    private void TellOfAway(RoomSeat newcomer, ref Outbox outbox)
    {
        foreach (RoomSeat other in _seats.Values)
        {
            if (other.IsAway)
                Post(newcomer, new RoomEvent.Away(other.PeerId), ref outbox);
        }
    }
}
