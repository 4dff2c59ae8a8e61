namespace RoomCall.Tests.Flow;

/// <summary>Two flows, a room and two engines: whatever the interleaving, nobody is left waiting for a peer that is there.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class TwoPeersTests
{
    private const int Seeds = 4_000;

    [Test]
    public void Two_peers_get_their_call_in_every_interleaving() => ForEachSeed((random, tell) =>
    {
        World world = new(random, tell);
        world.Add(Rules(random));
        world.Add(Rules(random));

        world.Run(faults: 0);

        Assert.That(world.Peers.Select(peer => peer.State.Phase), Is.All.EqualTo(CallPhase.Connected));
        AssertAtRest(world);
    });

    [Test]
    public void A_third_peer_finds_the_room_full_and_harms_nobody() => ForEachSeed((random, tell) =>
    {
        World world = new(random, tell);
        world.Add(Rules(random));
        world.Add(Rules(random));
        world.Add(Rules(random));

        world.Run(faults: 0);

        Assert.That(world.Peers.Count(peer => peer.State.Phase == CallPhase.Connected), Is.EqualTo(2));
        Assert.That(world.Peers.Single(peer => peer.IsOver).State.EndReason!.Code, Is.EqualTo(CallEndCode.RoomFull));
    });

    [Test]
    public void After_any_faults_everybody_is_connected_or_alone_or_over_and_the_next_peer_gets_a_call() => ForEachSeed((random, tell) =>
    {
        World world = new(random, tell);
        world.Add(Rules(random));
        world.Add(Rules(random));
        world.Run(faults: random.Next(1, 7));
        AssertAtRest(world);

        if (world.Room.Members.Count == 2)
        {
            world.Room.Members[random.Next(2)].Give(new CallInput.HangUp());
            world.Run(faults: 0);
            AssertAtRest(world);
        }

        WorldPeer? stayed = world.Room.Members.Count == 0 ? null : world.Room.Members.Single();
        int generation = stayed is null ? 0 : stayed.State.Generation - (stayed.State.Connection == 0 ? 0 : 1); // but for what is made ahead
        WorldPeer next = world.Add(Rules(random));
        world.Run(faults: 0);
        AssertAtRest(world);
        Assert.That(next.State.Phase, Is.EqualTo(stayed is null ? CallPhase.Waiting : CallPhase.Connected));
        Assert.That(next.State.Generation, stayed is null ? Is.LessThan(2) : Is.GreaterThan(generation));
    });

    private static FlowRules Rules(Random random) => new()
    {
        WantsMedia = random.Next(2) == 0,
        ContinueWithoutMedia = random.Next(2) == 0,
        EndWhenRemoteLeaves = random.Next(4) == 0,
        CanRestartIce = random.Next(2) == 0,
        ParkOffer = random.Next(2) == 0,
        MaxRecoveryAttempts = random.Next(1, 4),
    };

    private static void AssertAtRest(World world)
    {
        foreach (WorldPeer peer in world.Peers.Where(peer => !peer.IsOver))
        {
            WorldPeer? other = world.Room.Members.SingleOrDefault(member => member != peer);
            FlowState state = peer.State;
            Assert.That(world.Room.Members, Does.Contain(peer), $"{peer.Id} is {state.Phase}, and not in the room");
            if (other is null)
            {
                Assert.That((state.Phase, state.IsInitiator), Is.EqualTo((CallPhase.Waiting, true)), $"{peer.Id} is alone");
                continue;
            }

            Assert.That(state.Phase, Is.EqualTo(CallPhase.Connected), $"{peer.Id} has a peer");
            Assert.That(state.DataChannelState, Is.EqualTo(RoomCall.DataChannels.DataChannelState.Open), $"{peer.Id} is connected");
            Assert.That(state.Remote, Is.EqualTo(other.Id));
            Assert.That(state.IsInitiator, Is.Not.EqualTo(other.State.IsInitiator), "one of the two is the initiator");
            Assert.That(state.Generation, Is.EqualTo(other.State.Generation));
            Assert.That(peer.Timers, Is.Empty, "a call at rest has no deadline");
        }
    }

    private static void ForEachSeed(Action<Random, Action<string>?> run)
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            try
            {
                using (new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext())
                    run(new Random(seed), null);
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed}: {exception.Message}{Environment.NewLine}{Retell(run, seed)}");
            }
        }
    }

    // The same seed again, told in words.
    private static string Retell(Action<Random, Action<string>?> run, int seed)
    {
        List<string> told = [];
        try
        {
            using (new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext())
                run(new Random(seed), told.Add);
        }
        catch (Exception exception)
        {
            told.Add(exception.ToString());
        }

        return string.Join(Environment.NewLine, told);
    }
}
