using RoomCall.Conformance;

namespace RoomCall.SipSorcery.Tests;

public sealed class SipSorceryCallJoiningTests : CallJoiningConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => SipSorceryCallWorld.StartAsync();
}
