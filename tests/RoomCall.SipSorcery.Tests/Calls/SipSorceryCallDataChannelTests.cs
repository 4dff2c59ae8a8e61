using RoomCall.Conformance;

namespace RoomCall.SipSorcery.Tests;

public sealed class SipSorceryCallDataChannelTests : CallDataChannelConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => SipSorceryCallWorld.StartAsync();
}
