namespace RoomCall.Server.Tests.Signaling;

/// <summary>What the tests of the signaling server have in common.</summary>
public abstract class SignalingTests
{
    private SignalingBench? _bench;

    private protected SignalingBench Bench => _bench ??= new SignalingBench();

    [TearDown]
    public void Check()
    {
        SignalingBench? used = _bench;
        _bench = null;
        used?.Check();
    }

    /// <summary>A server with other options than the defaults.</summary>
    private protected SignalingBench Make(Action<SignalingServerOptions>? configure = null, RoomBrokerOptions? rooms = null) =>
        _bench = new SignalingBench(configure, rooms);

    private protected static string[] Messages(int first, int last) => [.. Enumerable.Range(first, last - first + 1).Select(number => $"message {number}")];
}
