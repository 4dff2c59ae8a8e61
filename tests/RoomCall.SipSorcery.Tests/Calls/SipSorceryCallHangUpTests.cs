using RoomCall.Conformance;

namespace RoomCall.SipSorcery.Tests;

public sealed class SipSorceryCallHangUpTests : CallHangUpConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => SipSorceryCallWorld.StartAsync();
}
