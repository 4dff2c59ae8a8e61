using RoomCall.NetworkConformance;

namespace RoomCall.SignalR.Tests.Faults;

public class SignalREveryFrameTests : EveryFrameConformance
{
    protected override Network CreateNetwork() => new SignalRNetwork();
}
