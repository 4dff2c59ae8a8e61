using RoomCall.Signaling;

namespace RoomCall.Server.Rooms;

// What a member that waits alone leaves for the next one to come.
internal sealed partial class Room
{
    private List<byte[]>? _parked;
    private int _parkedBytes;
    private long _parkedAt;

    public void Park(RoomSeat sender, ReadOnlyMemory<byte> payload, int generation)
    {
        ThrowIfCalledFromTryPost();
        Outbox outbox = default;
        RoomEvent.Error? refusal;
        lock (_gate)
        {
            outbox.Turn = ++_turn;
            refusal = Refuse(sender, payload.Length, to: null, out _);
            if (refusal is not null)
                Post(sender, refusal, ref outbox);
            else
                Keep(sender, payload, generation, ref outbox);

            Settle(ref outbox);
        }

        if (refusal is not null)
            context.ReportRefusal(refusal.Code);

        Finish(ref outbox);
    }

    private void Keep(RoomSeat sender, ReadOnlyMemory<byte> payload, int generation, ref Outbox outbox)
    {
        if (context.Options.ParkedOfferLifetime == TimeSpan.Zero)
            return;

        (_state, Parking parking) = RoomRules.Park(_state, sender.PeerId, generation);
        switch (parking)
        {
            case Parking.Replaces:
                _parked = [];
                _parkedBytes = 0;
                _parkedAt = context.Time.GetTimestamp();
                Add(payload);
                break;

            case Parking.Appends:
                Add(payload);
                break;

            case Parking.Relays when _seats.TryGetValue(_state.Parked!.TakenBy!, out RoomSeat? taker):
                Post(taker, new RoomEvent.Message(sender.PeerId, payload), ref outbox);
                break;
        }
    }

    private void Add(ReadOnlyMemory<byte> payload)
    {
        _parkedBytes += payload.Length;
        if (_parked!.Count < context.Options.MaxParkedMessages && _parkedBytes <= context.Options.MaxMessageBytes)
        {
            _parked.Add(payload.ToArray());
            return;
        }

        // A part of an offer is worse than none: the one who parked sends all of it when somebody has come.
        _state = RoomRules.Unpark(_state);
        ForgetParked();
    }

    private void UnparkIfTooOld()
    {
        if (_parked is not null && context.Time.GetElapsedTime(_parkedAt) > context.Options.ParkedOfferLifetime)
        {
            _state = RoomRules.Unpark(_state);
            ForgetParked();
        }
    }

    private void HandOut(RoomSeat newcomer, ref Outbox outbox)
    {
        if (_parked is null || _state.Parked is not { } parked || parked.TakenBy != newcomer.PeerId)
            return;

        foreach (byte[] payload in _parked)
        {
            Post(newcomer, new RoomEvent.Message(parked.By, payload), ref outbox);
        }

        _parked = null;
    }

    private void ForgetParked()
    {
        if (_state.Parked is not { TakenBy: null })
            _parked = null;
    }
}
