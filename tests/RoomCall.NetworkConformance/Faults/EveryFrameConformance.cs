namespace RoomCall.NetworkConformance;

/// <summary>The network fails at every frame of a call in turn: the call completes every time.</summary>
public abstract class EveryFrameConformance
{
    // So many calls at a time: most of the time of each is waiting.
    private const int AtOnce = 8;

    /// <summary>Makes the network of one call: fresh each time, so that where the two come by different transports, the initiator has the
    /// same one in every call.</summary>
    protected abstract Network CreateNetwork();

    [TestCase(FaultKind.CutBefore)]
    [TestCase(FaultKind.CutWithin)]
    [TestCase(FaultKind.CutAfter)]
    [TestCase(FaultKind.HalfCloseAfter)]
    [TestCase(FaultKind.StallAfter)]
    public async Task A_call_completes_wherever_its_network_fails(FaultKind kind)
    {
        await using SignalingApp app = await CreateNetwork().StartAsync(configure: options => options.ResumeTime = TimeSpan.FromMinutes(1));
        (bool OfInitiator, FrameFault Fault)[] faults = [.. await FaultsAsync(app, kind)];
        Assert.That(faults, Has.Length.GreaterThan(20));
        int happened = 0;

        await Parallel.ForAsync(0, faults.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            // What hangs is noticed by the heartbeat.
            await using FaultyCall call = new(CreateNetwork(), app.Port, kind == FaultKind.StallAfter ? TimeSpan.FromSeconds(0.5) : null);
            FaultProxy proxy = (faults[i].OfInitiator ? call.Initiator : call.Joiner).Proxy;
            proxy.Arm(faults[i].Fault);
            try
            {
                await call.RunAsync($"room {i}");
                call.AssertNothingLostDoubledOrReordered();
            }
            catch (Exception exception)
            {
                throw new AssertionException($"{faults[i]}: {exception.Message}", exception);
            }

            Interlocked.Add(ref happened, proxy.HasHappened ? 1 : 0);
        });

        // How many frames a call takes varies by a few: what is counted together in one ack, for example.
        Assert.That(happened, Is.GreaterThan(faults.Length * 8 / 10));
        await app.WhenEmptyAsync();
    }

    /// <summary>A fault at each frame that a call takes when nothing fails.</summary>
    private async Task<IEnumerable<(bool OfInitiator, FrameFault Fault)>> FaultsAsync(SignalingApp app, FaultKind kind)
    {
        Network network = CreateNetwork();
        await using FaultyCall call = new(network, app.Port);
        await call.RunAsync();
        call.AssertNothingLostDoubledOrReordered();
        return
        [
            .. Faults(true, Way.FromClient, call.Initiator.Proxy.FramesFromClient),
            .. Faults(true, Way.FromServer, call.Initiator.Proxy.FramesFromServer),
            .. Faults(false, Way.FromClient, call.Joiner.Proxy.FramesFromClient),
            .. Faults(false, Way.FromServer, call.Joiner.Proxy.FramesFromServer),
        ];

        IEnumerable<(bool, FrameFault)> Faults(bool ofInitiator, Way way, int count) =>
            Enumerable.Range(1, count).Skip(network.FramesToConnect).Select(number => (ofInitiator, new FrameFault(way, number, kind)));
    }
}
