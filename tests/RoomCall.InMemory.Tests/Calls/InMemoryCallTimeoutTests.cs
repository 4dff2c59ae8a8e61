using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

public class InMemoryCallTimeoutTests : CallTimeoutConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => new(new InMemoryCallWorld());
}
