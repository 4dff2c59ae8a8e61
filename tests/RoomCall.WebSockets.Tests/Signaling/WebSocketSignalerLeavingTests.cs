using RoomCall.Conformance;

namespace RoomCall.WebSockets.Tests.Signaling;

public class WebSocketSignalerLeavingTests : SignalerLeavingConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() => WebSocketSignalingHost.StartAsync();
}
