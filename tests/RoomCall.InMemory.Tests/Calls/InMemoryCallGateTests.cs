using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

public class InMemoryCallGateTests : CallGateConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => new(new InMemoryCallWorld());
}
