using System.Collections.Immutable;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Server.Rooms;

/// <summary>
/// One room: runs <see cref="RoomRules"/> under its own lock and hands out what they say. Under the lock events are only posted; what
/// may take time or run others' code (flushing, closing, logging, counting) waits in the <see cref="Outbox"/> until it is let go.
/// </summary>
internal sealed partial class Room(string name, RoomContext context)
{
    private readonly Lock _gate = new();

    /// <summary>Those inside, in the order of <see cref="RoomState.Members"/>.</summary>
    private readonly OrderedDictionary<string, RoomSeat> _seats = [];

    private RoomState _state = RoomState.Empty(name, context.Options.Capacity);
    private bool _isGone;

    /// <summary>Counts the times the lock was taken, so that a seat knows whether it is in this turn's outbox already.</summary>
    private long _turn;

    public string Name => name;

    public RoomSeat? Find(string peerId)
    {
        lock (_gate)
        {
            return _seats.GetValueOrDefault(peerId);
        }
    }

    public RoomEntry Enter(RoomSeat newcomer, IReadOnlyList<IceServer> iceServers)
    {
        ThrowIfCalledFromTryPost();
        Outbox outbox = default;
        RoomEntry entry;
        lock (_gate)
        {
            outbox.Turn = ++_turn;
            entry = Enter(newcomer, iceServers, ref outbox);
            Settle(ref outbox);
            if (entry == RoomEntry.Entered && !newcomer.IsInside)
                entry = RoomEntry.LetGo;
        }

        Report(entry, newcomer);
        Finish(ref outbox);
        return entry;
    }

    public void Relay(RoomSeat sender, ReadOnlyMemory<byte> payload, string? to)
    {
        ThrowIfCalledFromTryPost();
        Outbox outbox = default;
        RoomEvent.Error? refusal;
        lock (_gate)
        {
            outbox.Turn = ++_turn;
            refusal = Refuse(sender, payload.Length, to, out RoomSeat? receiver);
            if (refusal is not null)
                Post(sender, refusal, ref outbox);
            else
                Pass(sender, new RoomEvent.Message(sender.PeerId, payload), receiver, ref outbox);

            Settle(ref outbox);
        }

        if (refusal is not null)
            context.ReportRefusal(refusal.Code);
        else
            context.Metrics.Relayed();

        Finish(ref outbox);
    }

    public void Leave(RoomSeat seat, PeerLeftReason reason)
    {
        ThrowIfCalledFromTryPost();
        Outbox outbox = default;
        lock (_gate)
        {
            if (!seat.IsInside)
                return;

            outbox.Turn = ++_turn;
            Remove(seat, reason, ref outbox);
            Settle(ref outbox);
        }

        RoomBroker.Log.PeerLeft(context.Logger, seat.PeerId, name, reason);
        Finish(ref outbox);
    }

    /// <summary>Lets a member go that failed outside the lock.</summary>
    public void LetGo(RoomSeat seat, PeerLeftReason reason, Exception? thrown)
    {
        ThrowIfCalledFromTryPost();
        Outbox outbox = default;
        lock (_gate)
        {
            outbox.Turn = ++_turn;
            Doom(seat, reason, thrown, ref outbox);
            Settle(ref outbox);
        }

        Finish(ref outbox);
    }

    private RoomEntry Enter(RoomSeat newcomer, IReadOnlyList<IceServer> iceServers, ref Outbox outbox)
    {
        if (_isGone)
            return RoomEntry.RoomIsGone;

        if (_state.Holds(newcomer.PeerId))
            return RoomEntry.IdIsTaken;

        // Empty and not gone: this room has just been made for the newcomer, and goes again if that stays outside.
        if (!context.Directory.TrySeat(newcomer))
        {
            ForgetIfEmpty();
            return RoomEntry.AlreadyInside;
        }

        if (_state.IsEmpty && !context.Directory.TryOpen())
        {
            context.Directory.Unseat(newcomer);
            ForgetIfEmpty();
            return RoomEntry.TooManyRooms;
        }

        if (context.Options.SendLog)
            Post(newcomer, ServerLogLines.ForRequest(_state), ref outbox);

        UnparkIfTooOld();
        RoomStep step = RoomRules.Enter(_state, newcomer.PeerId, iceServers);
        bool isLetIn = step.State.Holds(newcomer.PeerId);
        if (isLetIn)
        {
            outbox.RoomsDelta += _state.IsEmpty ? 1 : 0;
            outbox.MembersDelta++;
            context.Directory.CountMembers(1);
            newcomer.IsInside = true;
            _seats.Add(newcomer.PeerId, newcomer);
        }
        else
        {
            context.Directory.Unseat(newcomer);
        }

        _state = step.State;
        Tell(step, newcomer, ref outbox);
        if (isLetIn)
        {
            HandOut(newcomer, ref outbox);
            TellOfAway(newcomer, ref outbox);
        }

        return isLetIn ? RoomEntry.Entered : RoomEntry.Full;
    }

    private void ForgetIfEmpty()
    {
        if (!_state.IsEmpty)
            return;

        _isGone = true;
        context.Directory.Forget(this);
    }

    private void Report(RoomEntry entry, RoomSeat newcomer)
    {
        if (entry is RoomEntry.Entered or RoomEntry.LetGo)
        {
            RoomBroker.Log.PeerEntered(context.Logger, newcomer.PeerId, name);
        }
        else if (entry is RoomEntry.Full)
        {
            context.Metrics.RejectedAsFull();
            RoomBroker.Log.RoomFull(context.Logger, name);
        }
    }

    /// <summary>Why a message is not taken, or null: then to whom it goes, null for all others.</summary>
    private RoomEvent.Error? Refuse(RoomSeat sender, int payloadLength, string? to, out RoomSeat? receiver)
    {
        receiver = null;
        if (!sender.IsInside)
            return context.Refusals.NotInRoom;

        // First of the limits, so that what the others refuse is no way around it. Large messages count more than once: a member is not to
        // send so much at once that another, who reads as fast as it can, is let go as too slow.
        if (!sender.Tokens.TryTake(context.Time.GetTimestamp(), context.Options.CountOf(payloadLength)))
            return context.Refusals.TooManyMessages;

        if (payloadLength == 0)
            return context.Refusals.EmptyMessage;

        if (payloadLength > context.Options.MaxMessageBytes)
            return context.Refusals.MessageTooLarge;

        // Looked up among this room's members only: no message leaves its room (book defect D9).
        if (to is not null && (!_seats.TryGetValue(to, out receiver) || receiver == sender))
            return context.Refusals.UnknownPeer;

        return null;
    }

    private void Pass(RoomSeat sender, RoomEvent.Message message, RoomSeat? receiver, ref Outbox outbox)
    {
        if (receiver is not null)
        {
            Post(receiver, message, ref outbox);
            return;
        }

        for (int i = 0; i < _seats.Count; i++)
        {
            RoomSeat seat = _seats.GetAt(i).Value;
            if (seat != sender)
                Post(seat, message, ref outbox);
        }
    }

    private void Tell(RoomStep step, RoomSeat? newcomer, ref Outbox outbox)
    {
        foreach (RoomNotice notice in step.Notices)
        {
            // One who finds the room full has no seat in it, and is told all the same.
            RoomSeat seat = newcomer is not null && notice.To == newcomer.PeerId ? newcomer : _seats[notice.To];
            Post(seat, Named(notice.Event, newcomer), ref outbox);
        }
    }

    /// <summary>The event with the names of those whom it tells of.</summary>
    private RoomEvent Named(RoomEvent roomEvent, RoomSeat? newcomer)
    {
        if (roomEvent is RoomEvent.Join join && newcomer?.Name is { } name)
            return join with { Name = name };

        return roomEvent is RoomEvent.Joined joined && _seats.Any(seat => seat.Value.Name is not null && seat.Value != newcomer)
            ? joined with
            {
                Names = _seats.Values.Where(seat => seat.Name is not null && seat != newcomer)
                    .ToImmutableDictionary(seat => seat.PeerId, seat => seat.Name!),
            }
            : roomEvent;
    }

    private static void Post(RoomSeat seat, RoomEvent roomEvent, ref Outbox outbox)
    {
        if (seat.IsLetGo)
            return;

        try
        {
            if (seat.Member.TryPost(roomEvent))
                outbox.AddPosted(seat);
            else
                Doom(seat, PeerLeftReason.TooSlow, thrown: null, ref outbox);
        }
        catch (Exception exception)
        {
            Doom(seat, PeerLeftReason.Vanished, exception, ref outbox);
        }
    }

    private static void Doom(RoomSeat seat, PeerLeftReason reason, Exception? thrown, ref Outbox outbox)
    {
        if (seat.IsLetGo)
            return;

        seat.IsLetGo = true;
        outbox.AddLetGo(seat, reason, thrown);
    }

    /// <summary>Takes out those who failed, after everybody has been told what came before: telling it may make more of them fail.</summary>
    private void Settle(ref Outbox outbox)
    {
        while (outbox.SettledCount < outbox.LetGoCount)
        {
            Outbox.LetGoMember member = outbox.LetGo(outbox.SettledCount++);
            if (member.Seat.IsInside)
                Remove(member.Seat, member.Reason, ref outbox);
        }
    }

    private void Remove(RoomSeat seat, PeerLeftReason reason, ref Outbox outbox)
    {
        RoomStep step = RoomRules.Leave(_state, seat.PeerId, reason);
        _state = step.State;
        ForgetParked();
        seat.IsInside = false;
        _seats.Remove(seat.PeerId);
        context.Directory.Unseat(seat);
        context.Directory.CountMembers(-1);
        outbox.MembersDelta--;
        if (_state.IsEmpty)
        {
            // Under the lock, so that whoever finds the room gone finds its name free.
            _isGone = true;
            context.Directory.Close(this);
            outbox.RoomsDelta--;
        }

        Tell(step, newcomer: null, ref outbox);
    }

    private void Finish(ref Outbox outbox)
    {
        // Those that throw are taken out, which the others are told, who may throw then. Round by round, not one within the other, so
        // that the stack stays flat and each is flushed once a round, however many throw.
        int flushed = 0;
        while (flushed < outbox.PostedCount)
        {
            List<(RoomSeat Seat, Exception Thrown)>? failed = null;
            for (int end = outbox.PostedCount; flushed < end; flushed++)
            {
                RoomSeat seat = outbox.Posted(flushed);
                try
                {
                    seat.Member.Flush();
                }
                catch (Exception exception)
                {
                    (failed ??= []).Add((seat, exception));
                }
            }

            if (failed is not null)
                LetGo(failed, ref outbox);
        }

        for (int i = 0; i < outbox.LetGoCount; i++)
        {
            (RoomSeat seat, bool wasInside, PeerLeftReason reason, Exception? thrown) = outbox.LetGo(i);
            if (wasInside)
                RoomBroker.Log.PeerLeft(context.Logger, seat.PeerId, name, reason);
            context.Close(seat.Member, reason, thrown);
        }

        context.Metrics.Changed(outbox.RoomsDelta, outbox.MembersDelta);
        outbox.Return();
    }

    private void LetGo(List<(RoomSeat Seat, Exception Thrown)> failed, ref Outbox outbox)
    {
        lock (_gate)
        {
            outbox.Turn = ++_turn;
            foreach ((RoomSeat seat, Exception thrown) in failed)
            {
                Doom(seat, PeerLeftReason.Vanished, thrown, ref outbox);
            }

            Settle(ref outbox);
        }
    }

    private void ThrowIfCalledFromTryPost()
    {
        if (_gate.IsHeldByCurrentThread)
            throw new InvalidOperationException($"{nameof(IRoomMember.TryPost)} called the broker; it may only queue the event.");
    }
}
