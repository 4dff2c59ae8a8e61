using RoomCall.Conformance;

namespace RoomCall.WebSockets.Tests.Signaling;

public class WebSocketSignalerInterruptionTests : SignalerInterruptionConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() => WebSocketSignalingHost.StartAsync();
}
