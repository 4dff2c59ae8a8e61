using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.WebSockets.Tests.Signaling;

public class WebSocketSignalerRelayTests : SignalerRelayConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() => NetworkSignalingHost.StartAsync(new WebSocketNetwork());
}
