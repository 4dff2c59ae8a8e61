using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.WebSockets.Tests.Calls;

public class WebSocketCallTimeoutTests : CallTimeoutConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => NetworkCallWorld.StartAsync(new WebSocketNetwork());
}
