using RoomCall.NetworkConformance;

namespace RoomCall.SignalR.Tests.Mixed;

[TestFixture(true)]
[TestFixture(false)]
public class MixedServerFaultTests(bool webSocketFirst) : ServerFaultConformance
{
    protected override Network CreateNetwork() => Mix.Of(webSocketFirst);
}
