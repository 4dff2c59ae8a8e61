using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.WebSockets.Tests.Calls;

public class WebSocketCallClosingTests(bool initiatorCan, bool joinerCan) : CallClosingConformance(initiatorCan, joinerCan)
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => NetworkCallWorld.StartAsync(new WebSocketNetwork());
}
