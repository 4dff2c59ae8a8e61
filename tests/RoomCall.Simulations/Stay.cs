using RoomCall.InMemory;

namespace RoomCall.Simulations;

/// <summary>One stay in a room: talks, suffers what the world does, and ends.</summary>
internal sealed class Stay(
    CallLife life, ICallSession session, CallTimeouts timeouts, InMemorySignaler signaler, InMemoryPeerConnectionFactory engine, string tag)
{
    /// <summary>Twice the time to hang up, the time of one operation of the engine, and what rounding takes.</summary>
    private static readonly TimeSpan EndBound = TimeSpan.FromSeconds(26);

    /// <summary>Both ways through the slowest signaling, and some more.</summary>
    private static readonly TimeSpan NewsBound = TimeSpan.FromSeconds(2);

    private readonly Talk _talk = new(life.Simulation, session, tag);

    private bool _isInterrupted;
    private TimeSpan _reachableSince;

    private Random Random => life.Simulation.Random;

    public async Task LiveAsync()
    {
        string self = session.State.Self!;
        life.Simulation.Note($"is {self}", tag);
        life.Stays.Add(this);
        PhaseWatch phases = new(life.Simulation, timeouts, tag);
        EventWatch events = new(tag);
        using IDisposable watchingPhases = session.States.Subscribe(phases);
        using IDisposable watchingEvents = session.Events.Subscribe(events);
        Task talking = _talk.ListenAndSpeakAsync();

        int acts = Random.Next(1, 7);
        while (acts-- > 0 && !session.Completion.IsCompleted)
        {
            await Task.WhenAny(session.Completion, life.Simulation.Delay(Weather.Milliseconds(Random, 0, 180_000)));
            if (!session.Completion.IsCompleted) await ActAsync();
        }

        await EndAsync();
        life.Stays.Remove(this);
        await talking;
        await CheckOthersKnowAsync(self);
        phases.Check(await session.Completion, session.State);
        events.Check(await session.Completion);
        life.Simulation.Note($"has left: {await session.Completion}", tag);
    }

    private async Task ActAsync()
    {
        TimeSpan time = Weather.Milliseconds(Random, 0, 60_000);
        switch (Random.Next(9))
        {
            case 0:
                life.Simulation.Note($"loses its way to the server for {CallLife.Text(time)}", tag);
                signaler.Interrupt();
                _isInterrupted = true;
                await life.Simulation.Delay(time);
                signaler.Resume();
                _isInterrupted = false;
                _reachableSince = life.Simulation.Now;
                break;
            case 1:
                life.Simulation.Note($"loses its network for {CallLife.Text(time)}", tag);
                engine.Disconnect();
                await life.Simulation.Delay(time);
                engine.Reconnect();
                break;
            case 2 when Random.Next(3) == 0:
                await life.BreakNetworkAsync(time);
                break;
            case 3:
                life.Simulation.Note(Weather.Disturb(engine.Faults, Random), tag);
                break;
            case 4:
                await session.GetStatisticsAsync();
                break;
            default:
                await _talk.SendFileAsync();
                break;
        }
    }

    /// <summary>Who is gone, by whatever way, is soon in nobody's call any more, except of those whom no news reaches.</summary>
    private async Task CheckOthersKnowAsync(string self)
    {
        await life.Simulation.Delay(NewsBound);
        foreach (Stay other in life.Stays)
        {
            if (other.IsInCallWith(self) && !other._isInterrupted && life.Simulation.Now - other._reachableSince >= NewsBound)
            {
                throw new BrokenPromiseException($"Who is gone is in nobody's call any more; {tag} is still in that of {other}.");
            }
        }
    }

    private bool IsInCallWith(string peer) =>
        session.State is { Phase: not (CallPhase.Ending or CallPhase.Ended) } state && state.Remote == peer;

    public override string ToString() => $"{tag} ({session.State})";

    private async Task EndAsync()
    {
        if (Random.Next(3) == 0)
        {
            life.Simulation.Note("crashes", tag);
            foreach (InMemoryPeerConnection connection in life.World.Network.Connections.Where(connection => connection.Factory == engine))
            {
                connection.Vanish();
            }

            signaler.Vanish();
        }
        else
        {
            life.Simulation.Note("hangs up", tag);
        }

        _ = session.HangUpAsync();
        Task bound = life.Simulation.Delay(EndBound);
        if (await Task.WhenAny(session.Completion, bound) == bound)
        {
            throw new BrokenPromiseException($"A session ends within {CallLife.Text(EndBound)} of hanging up; {tag} is still {session.State}.");
        }
    }
}
