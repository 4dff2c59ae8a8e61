using RoomCall.Conformance;

namespace RoomCall.WebSockets.Tests.Signaling;

public class WebSocketSignalerReadingTests : SignalerReadingConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() => WebSocketSignalingHost.StartAsync();
}
