using Microsoft.AspNetCore.Builder;

namespace RoomCall.NetworkConformance;

/// <summary>Clients that come by two transports in turn, so that those who meet in a room speak by different ones.</summary>
/// <param name="first">How the first client comes, the third, and so on.</param>
/// <param name="second">How the others come.</param>
public sealed class MixedNetwork(Network first, Network second) : Network
{
    private int _made;

    public override int FramesToConnect => Math.Max(first.FramesToConnect, second.FramesToConnect);

    public override OwningSignaler CreateDirectSignaler(int port, SignalerManner manner) =>
        (Interlocked.Increment(ref _made) % 2 == 1 ? first : second).CreateDirectSignaler(port, manner);

    public override void Build(WebApplicationBuilder builder)
    {
        first.Build(builder);
        second.Build(builder);
    }

    public override void Map(WebApplication application)
    {
        first.Map(application);
        second.Map(application);
    }
}
