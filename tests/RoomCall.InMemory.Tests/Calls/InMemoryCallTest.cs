using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

/// <summary>What tests of sessions in memory share with those that run everywhere.</summary>
public abstract class InMemoryCallTest : CallConformance
{
    protected InMemoryCallWorld Memory => (InMemoryCallWorld)World;

    protected override ValueTask<CallWorld> CreateWorldAsync() => new(new InMemoryCallWorld());

    protected InMemoryCallSide CreateSide() => (InMemoryCallSide)World.CreateSide();
}
