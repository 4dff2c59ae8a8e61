using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

public class InMemoryCallLossTests : CallLossConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => new(new InMemoryCallWorld());
}
