using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.WebSockets.Tests.Signaling;

public class WebSocketSignalerLossTests : SignalerLossConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() => NetworkSignalingHost.StartAsync(new WebSocketNetwork());
}
