using RoomCall.InMemory;
using RoomCall.PeerConnections;

namespace RoomCall.Simulations;

/// <summary>What chance decides of a world, an engine and a call's options.</summary>
internal static class Weather
{
    public static InMemoryWorldOptions Choose(Random random) => new()
    {
        Network = new InMemoryNetworkOptions
        {
            Latency = random.Next(4) == 0 ? TimeSpan.Zero : Milliseconds(random, 1, 200),
            Jitter = random.Next(2) == 0 ? TimeSpan.Zero : Milliseconds(random, 1, 100),
            Loss = random.Next(2) == 0 ? 0 : random.NextDouble() * 0.2,
        },
        Signaling = new InMemorySignalerOptions { Latency = random.Next(4) == 0 ? TimeSpan.Zero : Milliseconds(random, 1, 500) },
    };

    public static InMemoryPeerConnectionOptions ChooseEngine(Random random) => new()
    {
        CandidateCount = random.Next(1, 4),
        Capabilities = new EngineCapabilities
        {
            IceRestart = random.Next(3) > 0,
            Rollback = random.Next(2) > 0,
            UnreliableDataChannels = true,
            DataChannelClose = random.Next(4) > 0,
            ReceiveBackPressure = random.Next(4) > 0,
            Statistics = true,
            Audio = true,
            Video = true,
        },
    };

    public static CallOptions ChooseCall(Random random) => new()
    {
        ContinueWithoutMedia = random.Next(2) == 0,
        WhenRemoteLeaves = random.Next(4) == 0 ? RemoteLeftPolicy.EndSession : RemoteLeftPolicy.Stay,
        MaxRecoveryAttempts = random.Next(4),
        SendBufferLimit = random.Next(2) == 0 ? 1024 * 1024 : random.Next(1, 1_000),
        ReceiveBufferLimit = random.Next(2) == 0 ? 1024 * 1024 : random.Next(1, 1_000),
        Timeouts = new CallTimeouts { Wait = random.Next(2) == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(random.Next(30, 600)) },
    };

    /// <summary>Makes one of the engine's next operations fail, hang or take long.</summary>
    public static string Disturb(InMemoryFaults faults, Random random)
    {
        InMemoryOperation[] all = Enum.GetValues<InMemoryOperation>();
        InMemoryOperation operation = all[random.Next(all.Length)];
        switch (operation is InMemoryOperation.AddStream or InMemoryOperation.CreateDataChannel ? 0 : random.Next(3))
        {
            case 0:
                faults.FailNext(operation, new InvalidOperationException("The engine had a bad day."));
                return $"{operation} will fail";
            case 1:
                faults.HangNext(operation);
                return $"{operation} will hang";
            default:
                TimeSpan delay = Milliseconds(random, 1, 20_000);
                faults.DelayNext(operation, delay);
                return $"{operation} will take {CallLife.Text(delay)}";
        }
    }

    public static TimeSpan Milliseconds(Random random, int least, int most) => TimeSpan.FromMilliseconds(random.Next(least, most + 1));
}
