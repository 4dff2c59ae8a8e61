using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

public class InMemoryCallHostilityTests : CallHostilityConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => new(new InMemoryCallWorld());
}
