using RoomCall.InMemory;

namespace RoomCall.Simulations;

/// <summary>One who calls, hangs up, crashes and comes again, until the two hours are over.</summary>
internal sealed class Person(CallLife life, string name)
{
    private int _stays;

    private Random Random => life.Simulation.Random;

    public async Task LiveAsync()
    {
        while (!life.IsOver)
        {
            await life.Simulation.Delay(Weather.Milliseconds(Random, 0, 360_000));
            if (!life.IsOver) await StayAsync();
        }
    }

    private async Task StayAsync()
    {
        InMemorySignaler signaler = life.CreateSignaler();
        InMemoryPeerConnectionFactory engine = life.World.CreateEngine(Weather.ChooseEngine(Random));
        CallOptions options = Weather.ChooseCall(Random);
        string tag = $"{name}-{++_stays}";
        string room = life.Rooms[Random.Next(life.Rooms.Length)];
        Task media = Random.Next(2) == 0 ? Task.CompletedTask : BringMediaAsync(options, tag);
        if (Random.Next(4) == 0) life.Simulation.Note(Weather.Disturb(engine.Faults, Random), tag);
        signaler.IsReachable = Random.Next(20) > 0;
        life.Simulation.Note($"joins {room}", tag);
        try
        {
            CallClient client = life.World.CreateClient(options, signaler, engine);
            ICallSession session = await client.JoinAsync(room);
            await new Stay(life, session, options.Timeouts, signaler, engine, tag).LiveAsync();
        }
        catch (RoomCallException exception) when (exception.Code is RoomCallErrorCode.SessionEnded or RoomCallErrorCode.SignalingUnavailable)
        {
            if (exception.EndReason?.Code == CallEndCode.InternalError)
            {
                throw new BrokenPromiseException($"No session ends by a fault of the library: {exception}");
            }
            life.Simulation.Note($"is not let in: {exception.Message}", tag);
            await life.Simulation.Delay(Weather.Milliseconds(Random, 60_000, 600_000));
        }

        await media;
    }

    private Task BringMediaAsync(CallOptions options, string tag)
    {
        bool asks = Random.Next(2) == 0;
        InMemoryMediaSource source = new(video: Random.Next(2) == 0, askConsent: asks);
        options.Media = source;
        return asks ? DecideAsync(source, tag) : Task.CompletedTask;
    }

    private async Task DecideAsync(InMemoryMediaSource source, string tag)
    {
        // At times later than the call waits.
        await life.Simulation.Delay(Weather.Milliseconds(Random, 0, 90_000));
        int decision = Random.Next(4);
        life.Simulation.Note(decision switch { 0 => "refuses media", 1 => "has a broken camera", _ => "grants media" }, tag);
        if (decision == 0) source.Refuse();
        else if (decision == 1) source.Fail(new InvalidOperationException("The camera is broken."));
        else source.Grant();
    }
}
