using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

[TestFixture(0)]
[TestFixture(1)]
public class InMemorySignalerRelayTests(int latencyMilliseconds) : SignalerRelayConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() =>
        new(new InMemorySignalingHost(TimeSpan.FromMilliseconds(latencyMilliseconds)));
}
