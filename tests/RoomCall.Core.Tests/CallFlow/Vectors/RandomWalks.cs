namespace RoomCall.Tests.Flow.Vectors;

/// <summary>Walks by seeded dice: one flow that is given anything, and two peers with all that surrounds them.</summary>
internal static class RandomWalks
{
    private const int StepsInAWalk = 60;

    public static IEnumerable<FlowWalk> OfOneFlow(int seeds) => Enumerable.Range(0, seeds).SelectMany(seed =>
    {
        using FlowRecorder recorder = new();
        Random random = new(seed);
        VectorDice dice = new(random);
        FlowBench flow = new(new FlowRules
        {
            WantsMedia = random.Next(2) == 0,
            ContinueWithoutMedia = random.Next(2) == 0,
            EndWhenRemoteLeaves = random.Next(4) == 0,
            CanRestartIce = random.Next(3) != 0,
            CloseByMessage = random.Next(3) == 0,
            ParkOffer = random.Next(2) == 0,
            MaxRecoveryAttempts = random.Next(4),
            PendingCandidateLimit = random.Next(1, 4),
        });
        flow.Give(new CallInput.Join());
        try
        {
            for (int i = 1; i < StepsInAWalk; i++)
            {
                flow.Give(dice.Draw(flow));
            }
        }
        catch (AssertionException)
        {
            // A server that lies (it relays what one says who is not there) can break a rule of FlowWatch: such a walk ends there.
        }

        return recorder.Walks($"anything, seed {seed}").ToArray();
    });

    public static IEnumerable<FlowWalk> OfTwoPeers(int seeds) => Enumerable.Range(0, seeds).SelectMany(seed =>
    {
        using FlowRecorder recorder = new();
        Random random = new(seed);
        World world = new(random);
        for (int i = 0; i < 2; i++)
        {
            world.Add(new FlowRules
            {
                WantsMedia = random.Next(2) == 0,
                CanRestartIce = random.Next(2) == 0,
                CloseByMessage = random.Next(3) == 0,
                ParkOffer = random.Next(2) == 0,
                MaxRecoveryAttempts = random.Next(1, 4),
            });
        }

        world.Run(faults: random.Next(7));
        return recorder.Walks($"two peers, seed {seed}").ToArray();
    });
}
