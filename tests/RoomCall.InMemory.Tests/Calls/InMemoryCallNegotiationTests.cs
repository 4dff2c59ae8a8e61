using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

public class InMemoryCallNegotiationTests : CallNegotiationConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => new(new InMemoryCallWorld());
}
