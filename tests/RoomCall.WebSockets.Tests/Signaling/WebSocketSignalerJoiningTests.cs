using RoomCall.Conformance;

namespace RoomCall.WebSockets.Tests.Signaling;

public class WebSocketSignalerJoiningTests : SignalerJoiningConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() => WebSocketSignalingHost.StartAsync();
}
