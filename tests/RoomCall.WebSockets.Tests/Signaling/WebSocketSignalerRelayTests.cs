using RoomCall.Conformance;

namespace RoomCall.WebSockets.Tests.Signaling;

public class WebSocketSignalerRelayTests : SignalerRelayConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() => WebSocketSignalingHost.StartAsync();
}
