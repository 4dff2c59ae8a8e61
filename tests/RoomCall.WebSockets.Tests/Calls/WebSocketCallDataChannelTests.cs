using RoomCall.Conformance;

namespace RoomCall.WebSockets.Tests.Calls;

public class WebSocketCallDataChannelTests : CallDataChannelConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => WebSocketCallWorld.StartAsync();
}
