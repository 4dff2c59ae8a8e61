using RoomCall.Conformance;
using RoomCall.NetworkConformance;

namespace RoomCall.SignalR.Tests.Signaling;

public class SignalRSignalerLossTests : SignalerLossConformance
{
    protected override ValueTask<SignalingHost> CreateHostAsync() => NetworkSignalingHost.StartAsync(new SignalRNetwork());
}
