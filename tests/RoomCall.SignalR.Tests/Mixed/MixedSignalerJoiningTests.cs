using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.SignalR.Tests.Mixed;

[TestFixture(true)]
[TestFixture(false)]
public class MixedSignalerJoiningTests(bool webSocketFirst) : SignalerJoiningConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() => NetworkSignalingHost.StartAsync(Mix.Of(webSocketFirst));
}
