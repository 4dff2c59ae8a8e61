using RoomCall.NetworkConformance;

namespace RoomCall.SignalR.Tests.Mixed;

[TestFixture(true)]
[TestFixture(false)]
public class MixedEveryFrameTests(bool webSocketFirst) : EveryFrameConformance
{
    protected override Network CreateNetwork() => Mix.Of(webSocketFirst);
}
