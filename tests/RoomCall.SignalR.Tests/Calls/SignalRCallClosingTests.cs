using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.SignalR.Tests.Calls;

public class SignalRCallClosingTests(bool initiatorCan, bool joinerCan) : CallClosingConformance(initiatorCan, joinerCan)
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => NetworkCallWorld.StartAsync(new SignalRNetwork());
}
