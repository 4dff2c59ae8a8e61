using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.SignalR.Tests.Signaling;

public class SignalRSignalerLeavingTests : SignalerLeavingConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() => NetworkSignalingHost.StartAsync(new SignalRNetwork());
}
