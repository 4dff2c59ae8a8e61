using RoomCall.Conformance;

namespace RoomCall.WebSockets.Tests.Calls;

public class WebSocketCallHostilityTests : CallHostilityConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => WebSocketCallWorld.StartAsync();
}
