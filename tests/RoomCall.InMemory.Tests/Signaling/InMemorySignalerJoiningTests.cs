using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

[TestFixture(0)]
[TestFixture(1)]
public class InMemorySignalerJoiningTests(int latencyMilliseconds) : SignalerJoiningConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() =>
        new(new InMemorySignalingHost(TimeSpan.FromMilliseconds(latencyMilliseconds)));
}
