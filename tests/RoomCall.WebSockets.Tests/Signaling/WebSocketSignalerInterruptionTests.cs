using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.WebSockets.Tests.Signaling;

public class WebSocketSignalerInterruptionTests : SignalerInterruptionConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() => NetworkSignalingHost.StartAsync(new WebSocketNetwork());
}
