using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.SignalR.Tests.Calls;

public class SignalRCallLossTests : CallLossConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => NetworkCallWorld.StartAsync(new SignalRNetwork());
}
