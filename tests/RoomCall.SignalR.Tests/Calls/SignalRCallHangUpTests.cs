using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.SignalR.Tests.Calls;

public class SignalRCallHangUpTests : CallHangUpConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => NetworkCallWorld.StartAsync(new SignalRNetwork());
}
