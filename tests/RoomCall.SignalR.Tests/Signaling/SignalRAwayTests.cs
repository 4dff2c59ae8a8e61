using RoomCall.NetworkConformance;

namespace RoomCall.SignalR.Tests.Signaling;

public class SignalRAwayTests : AwayConformance
{
    protected override Network CreateNetwork() => new SignalRNetwork();
}
