using RoomCall.NetworkConformance;

namespace RoomCall.SignalR.Tests.Faults;

public class SignalRServerFaultTests : ServerFaultConformance
{
    protected override Network CreateNetwork() => new SignalRNetwork();
}
