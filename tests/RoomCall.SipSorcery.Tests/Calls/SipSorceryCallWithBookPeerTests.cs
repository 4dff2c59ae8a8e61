using RoomCall.Conformance;

namespace RoomCall.SipSorcery.Tests;

public sealed class SipSorceryCallWithBookPeerTests : CallWithBookPeerConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => SipSorceryCallWorld.StartAsync();
}
