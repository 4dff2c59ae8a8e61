using RoomCall.Conformance;

namespace RoomCall.WebSockets.Tests.Calls;

public class WebSocketCallTimeoutTests : CallTimeoutConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => WebSocketCallWorld.StartAsync();
}
