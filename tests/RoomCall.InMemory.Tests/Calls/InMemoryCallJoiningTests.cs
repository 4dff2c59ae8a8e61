using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

public class InMemoryCallJoiningTests : CallJoiningConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => new(new InMemoryCallWorld());
}
