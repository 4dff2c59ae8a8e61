using System.Collections.Immutable;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Server.Rooms;

/// <summary>
/// Who is in a room and who is told what. Pure: no clock, no lock, no I/O; what it answers depends on its arguments alone.
/// <see cref="Room"/> runs it under a lock, a model checker runs it as it is.
/// </summary>
internal static class RoomRules
{
    /// <summary>A peer asks for the room with <c>create or join</c> (book row S7).</summary>
    /// <param name="state">The room.</param>
    /// <param name="peer">The peer's id; one that is inside already changes nothing and is told nothing.</param>
    /// <param name="iceServers">What the server recommends to the one who comes.</param>
    public static RoomStep Enter(RoomState state, string peer, IReadOnlyList<IceServer> iceServers)
    {
        if (state.Holds(peer))
            return new RoomStep(state, []);

        if (state.IsFull)
            return new RoomStep(state, [new RoomNotice(peer, new RoomEvent.Full(state.Room))]); // S2

        RoomState after = state.With(peer);
        if (state.Initiator is not { } initiator)
            return new RoomStep(after, [new RoomNotice(peer, new RoomEvent.Created(state.Room, peer, iceServers))]); // S1

        var joined = new RoomEvent.Joined(state.Room, peer, state.Members, initiator, iceServers); // S4
        ImmutableArray<RoomNotice> toOthers = ToAll(state, new RoomEvent.Join(peer, initiator)); // S3
        if (state.Parked is { TakenBy: null } parked)
        {
            // It is the only one inside: whoever parked was alone, and the first to come since takes it.
            toOthers = [new RoomNotice(parked.By, new RoomEvent.Join(peer, initiator) { Parked = parked.Generation })];
        }

        return new RoomStep(after, [new RoomNotice(peer, joined), .. toOthers]);
    }

    /// <summary>A member parks a message for the next one to come.</summary>
    /// <param name="state">The room.</param>
    /// <param name="peer">The member's id.</param>
    /// <param name="generation">What the message belongs to.</param>
    /// <returns>The room afterwards, and what becomes of the message.</returns>
    public static (RoomState State, Parking Parking) Park(RoomState state, string peer, int generation)
    {
        if (state.Parked is { } parked && parked.By == peer && parked.Generation >= generation)
        {
            bool isOver = parked.IsVoid || parked.Generation > generation;
            return (state, isOver ? Parking.Drops : parked.TakenBy is null ? Parking.Appends : Parking.Relays);
        }

        if (!state.Holds(peer))
            return (state, Parking.Drops);

        // Beside others it is dropped, and so is what comes of it when they have gone: it would be a part of an offer.
        ParkedOffer next = new(peer, generation, TakenBy: null);
        return state.Members.Length == 1 ? (state.With(next), Parking.Replaces) : (state.With(next.Voided), Parking.Drops);
    }

    /// <summary>What is parked and was not handed out is no longer wanted: it is too old or too much. What still comes of its generation
    /// would be a part of an offer, and is dropped.</summary>
    public static RoomState Unpark(RoomState state) => state.Parked is { TakenBy: null } parked ? state.With(parked.Voided) : state;

    /// <summary>A peer is gone, by its own will or not (book defect D4).</summary>
    /// <param name="state">The room.</param>
    /// <param name="peer">The peer's id; one that is not inside changes nothing, and nobody is told.</param>
    /// <param name="reason">Why it is gone.</param>
    public static RoomStep Leave(RoomState state, string peer, PeerLeftReason reason)
    {
        if (!state.Holds(peer))
            return new RoomStep(state, []);

        RoomState after = state.Without(peer);
        return after.Initiator is { } initiator
            ? new RoomStep(after, ToAll(after, new RoomEvent.Left(peer, reason, initiator))) // D3: the role may have passed on
            : new RoomStep(after, []);
    }

    private static ImmutableArray<RoomNotice> ToAll(RoomState state, RoomEvent roomEvent)
    {
        var notices = ImmutableArray.CreateBuilder<RoomNotice>(state.Members.Length);
        foreach (string member in state.Members)
        {
            notices.Add(new RoomNotice(member, roomEvent));
        }

        return notices.MoveToImmutable();
    }
}
