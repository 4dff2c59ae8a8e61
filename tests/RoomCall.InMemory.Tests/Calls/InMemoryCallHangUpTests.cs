using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

public class InMemoryCallHangUpTests : CallHangUpConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => new(new InMemoryCallWorld());
}
