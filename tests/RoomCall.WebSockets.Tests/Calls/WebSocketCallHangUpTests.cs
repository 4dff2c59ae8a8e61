using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.WebSockets.Tests.Calls;

public class WebSocketCallHangUpTests : CallHangUpConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => NetworkCallWorld.StartAsync(new WebSocketNetwork());
}
