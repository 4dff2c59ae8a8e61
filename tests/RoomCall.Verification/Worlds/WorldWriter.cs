using RoomCall.Signaling;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Worlds;

/// <summary>Takes down a state of the world: all that decides what can happen later.</summary>
internal static class WorldWriter
{
    public static void Write(StateWriter writer, WorldState state)
    {
        foreach (Side side in state.Sides)
            Write(writer, side);

        writer.Number(state.Room.Members.Length);
        foreach (string member in state.Room.Members)
            writer.Text(member);

        writer.Text(state.Room.Parked?.By);
        writer.Text(state.Room.Parked?.TakenBy);
        writer.Number(state.Room.Parked?.Generation ?? 0);
        writer.Number(state.Parked.Length);
        foreach (PeerMessage message in state.Parked)
            writer.Write(message);

        writer.Number(state.Ghosts.Length);
        foreach (Ghost ghost in state.Ghosts)
        {
            writer.Text(ghost.Id);
            WriteAll(writer, ghost.Outbox);
        }

        writer.Flag(state.Held is not null);
        if (state.Held is { } held)
        {
            writer.Byte(held.Side);
            writer.Number(held.Stay);
            writer.Write(held.Input);
        }

        writer.Flag(state.IsNetworkDown);
        writer.Number(state.ActsLeft);
        writer.Number((int)state.Acts); // they decide for which reasons a session may end
        writer.Number((int)(state.Acts >> 32));
    }

    private static void Write(StateWriter writer, Side side)
    {
        writer.Number(side.Stay);
        writer.Flag(side.IsRunning);
        writer.Flag(side.IsFrozen);
        if (!side.IsRunning)
            return; // what has ended does nothing any more

        writer.Write(side.Flow);
        foreach (RunningTimer? timer in side.Timers)
            writer.Byte(timer is { } running ? 1 + (int)running.Kind : 0);
        writer.Flag(side.IsOnline);
        writer.Flag(side.IsInterrupted);
        WriteAll(writer, side.Inbox);
        WriteAll(writer, side.Posted);
        WriteAll(writer, side.Outbox);
        writer.Byte((int)side.Media);
        WriteAll(writer, side.Operations);
        writer.Flag(side.IsFirstApplied);
        writer.Flag(side.Connection is not null);
        side.Connection?.Write(writer);
        writer.Number(side.LastClosed);
        writer.Byte(side.LastStopped is { } stopped ? 1 + (int)stopped.Kind : 0);
    }

    private static void WriteAll(StateWriter writer, System.Collections.Immutable.ImmutableArray<CallInput> inputs)
    {
        writer.Number(inputs.Length);
        foreach (CallInput input in inputs)
            writer.Write(input);
    }

    private static void WriteAll(StateWriter writer, System.Collections.Immutable.ImmutableArray<CallEffect> effects)
    {
        writer.Number(effects.Length);
        foreach (CallEffect effect in effects)
            writer.Write(effect);
    }
}
