using RoomCall.NetworkConformance;

namespace RoomCall.WebSockets.Tests.Signaling;

public class WebSocketAwayTests : AwayConformance
{
    protected override Network CreateNetwork() => new WebSocketNetwork();
}
