using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

[TestFixture(0)]
[TestFixture(1)]
public class InMemorySignalerReadingTests(int latencyMilliseconds) : SignalerReadingConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() =>
        new(new InMemorySignalingHost(TimeSpan.FromMilliseconds(latencyMilliseconds)));
}
