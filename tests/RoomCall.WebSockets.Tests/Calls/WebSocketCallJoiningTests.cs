using RoomCall.Conformance;

namespace RoomCall.WebSockets.Tests.Calls;

public class WebSocketCallJoiningTests : CallJoiningConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => WebSocketCallWorld.StartAsync();
}
