using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

public class InMemoryCallDataChannelTests : CallDataChannelConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => new(new InMemoryCallWorld());
}
