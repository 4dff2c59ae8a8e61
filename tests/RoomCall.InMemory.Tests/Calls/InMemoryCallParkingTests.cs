using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

public class InMemoryCallParkingTests : CallParkingConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => new(new InMemoryCallWorld());
}
