using RoomCall.Signaling;

namespace RoomCall.Server.Rooms;

// Members whose connection is gone and whose place is kept.
internal sealed partial class Room
{
    public void SetAway(RoomSeat seat, bool isAway)
    {
        ThrowIfCalledFromTryPost();
        Outbox outbox = default;
        lock (_gate)
        {
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
