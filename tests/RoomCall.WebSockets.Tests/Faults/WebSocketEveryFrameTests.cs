using RoomCall.NetworkConformance;

namespace RoomCall.WebSockets.Tests.Faults;

public class WebSocketEveryFrameTests : EveryFrameConformance
{
    protected override Network CreateNetwork() => new WebSocketNetwork();
}
