using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.SignalR.Tests.Signaling;

public class SignalRSignalerJoiningTests : SignalerJoiningConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() => NetworkSignalingHost.StartAsync(new SignalRNetwork());
}
