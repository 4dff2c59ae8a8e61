using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.SignalR.Tests.Calls;

public class SignalRCallDataChannelTests : CallDataChannelConformance
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => NetworkCallWorld.StartAsync(new SignalRNetwork());
}
