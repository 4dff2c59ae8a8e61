using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.SignalR.Tests.Calls;

public class SignalRCallTimeoutTests : CallTimeoutConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => NetworkCallWorld.StartAsync(new SignalRNetwork());
}
