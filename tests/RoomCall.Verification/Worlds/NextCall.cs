using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Worlds;

/// <summary>
/// Tries the next call from a state at rest, in a world that behaves: two that are in a call hang up, those who are missing come, and a call
/// must come about. One order of events is tried; those of a hang-up and a join again are acts that the explorer walks in all orders.
/// </summary>
internal sealed class NextCall
{
    private const int MaxMoves = 2_000;
    private const int MaxVisits = 5;

    private readonly HashSet<UInt128> _possible = [];
    private readonly StateWriter _writer = new();
    private readonly List<Move> _moves = [];

    public bool IsPossible(CallWorld world, WorldState state)
    {
        state = EndFrozen(world, state with { ActsLeft = 0 });
        UInt128 fingerprint = Fingerprint(state);
        if (_possible.Contains(fingerprint))
            return true;

        if (!Try(world, state))
            return false;

        _possible.Add(fingerprint);
        return true;
    }

    private bool Try(CallWorld world, WorldState state)
    {
        bool hasComeAnew = false;
        for (int visit = 0; visit < MaxVisits; visit++)
        {
            int[] running = [.. Enumerable.Range(0, CallWorld.SideCount).Where(who => state.Sides[who].IsRunning)];
            bool isCall = running.Length == 2 && running.All(who => state.Sides[who].Flow.Phase == CallPhase.Connected);
            if (isCall && hasComeAnew)
                return true;

            if (running.Length == 2 && !isCall)
                return false;

            int other = Enumerable.Range(0, CallWorld.SideCount).First(who => !state.Sides[who].IsRunning);
            hasComeAnew = !isCall;
            state = world.Do(state, turn =>
            {
                if (isCall)
                    HangUp(turn, running[0]);
                else
                    turn.Join(other);
            });

            if (Settle(world, ref state) is not null)
                return false; // a rule is broken on the way
        }

        return false;
    }

    private static void HangUp(WorldTurn turn, int who)
    {
        turn.Change(static state => state with { Acts = state.Acts | (1ul << (int)Act.HangUp) });
        turn.Give(who, new CallInput.HangUp());
    }

    // Who stands still is ended by its user in the end, and the server notices.
    private WorldState EndFrozen(CallWorld world, WorldState state)
    {
        for (int who = 0; who < CallWorld.SideCount; who++)
        {
            if (state.Sides[who].IsFrozen)
            {
                Move crash = new(MoveClass.Act, (byte)MoveKind.Act, (byte)who, (byte)Act.Crash);
                state = world.Take(state, crash, out _) with { ActsLeft = 0 };
                Settle(world, ref state);
            }
        }

        return state;
    }

    private Violation? Settle(CallWorld world, ref WorldState state)
    {
        for (int i = 0; i < MaxMoves; i++)
        {
            _moves.Clear();
            world.FindMoves(state, _moves);
            if (_moves.Count == 0)
                return null;

            state = world.Take(state, _moves[0], out Violation? violation);
            if (violation is not null)
                return violation;
        }

        return new Violation(Rule.ComesToRest, "The next call does not come to rest.");
    }

    private UInt128 Fingerprint(WorldState state)
    {
        _writer.Clear();
        WorldWriter.Write(_writer, state);
        return _writer.Fingerprint();
    }
}
