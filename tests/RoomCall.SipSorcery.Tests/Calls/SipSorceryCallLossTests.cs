using RoomCall.Conformance;

namespace RoomCall.SipSorcery.Tests;

public sealed class SipSorceryCallLossTests : CallLossConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => SipSorceryCallWorld.StartAsync();
}
