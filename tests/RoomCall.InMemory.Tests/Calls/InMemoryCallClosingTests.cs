using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

public class InMemoryCallClosingTests(bool initiatorCan, bool joinerCan) : CallClosingConformance(initiatorCan, joinerCan)
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => new(new InMemoryCallWorld());
}
