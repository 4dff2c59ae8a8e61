using RoomCall.Conformance;

namespace RoomCall.WebSockets.Tests.Calls;

public class WebSocketCallParkingTests : CallParkingConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => WebSocketCallWorld.StartAsync();
}
