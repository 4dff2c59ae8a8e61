using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.SignalR.Tests.Signaling;

public class SignalRSignalerInterruptionTests : SignalerInterruptionConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() => NetworkSignalingHost.StartAsync(new SignalRNetwork());
}
