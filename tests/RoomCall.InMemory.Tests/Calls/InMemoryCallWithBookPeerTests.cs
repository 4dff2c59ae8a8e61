using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

public class InMemoryCallWithBookPeerTests : CallWithBookPeerConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => new(new InMemoryCallWorld());
}
