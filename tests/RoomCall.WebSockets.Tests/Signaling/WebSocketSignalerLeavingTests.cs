using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.WebSockets.Tests.Signaling;

public class WebSocketSignalerLeavingTests : SignalerLeavingConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() => NetworkSignalingHost.StartAsync(new WebSocketNetwork());
}
