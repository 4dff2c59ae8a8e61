using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.SignalR.Tests.Mixed;

[TestFixture(true)]
[TestFixture(false)]
public class MixedSignalerLossTests(bool webSocketFirst) : SignalerLossConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() => NetworkSignalingHost.StartAsync(Mix.Of(webSocketFirst));
}
