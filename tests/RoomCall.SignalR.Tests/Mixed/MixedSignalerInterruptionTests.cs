using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.SignalR.Tests.Mixed;

[TestFixture(true)]
[TestFixture(false)]
public class MixedSignalerInterruptionTests(bool webSocketFirst) : SignalerInterruptionConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() => NetworkSignalingHost.StartAsync(Mix.Of(webSocketFirst));
}
