using RoomCall.NetworkConformance;

namespace RoomCall.WebSockets.Tests.Faults;

public class WebSocketServerFaultTests : ServerFaultConformance
{
    protected override Network CreateNetwork() => new WebSocketNetwork();
}
