using System.Net;
using RoomCall.DataChannels;
using RoomCall.InMemory;
using RoomCall.SipSorcery;

namespace RoomCall.NativeCalls.RoomCallEnds;

/// <summary>Two sessions of RoomCall, one of which waits in the room when the other comes; the signaling stays in the process.</summary>
/// <param name="offersAhead">Whether the one who waits makes its offer ahead, as it does by default; else both begin together, as by
/// hand.</param>
internal sealed class RoomCallContender(bool offersAhead) : IContender
{
    private readonly SipSorceryPeerConnectionFactory _engine = new(new SipSorceryOptions { BindAddress = IPAddress.Loopback });
    private readonly InMemoryWorld _world = new();
    private int _rooms;

    public string Name => offersAhead ? "roomcall" : "roomcall, nothing ahead";

    public async Task<Func<Task<IOpenCall>>> PrepareAsync()
    {
        string room = $"room {++_rooms}";
        ICallSession waiting = await Client().JoinAsync(room);
        if (offersAhead)
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System); // it makes its offer
        return async () =>
        {
            ICallSession coming = await Client().JoinAsync(room);
            IDataChannel near = await coming.WhenDataChannelOpenAsync();
            IDataChannel far = await waiting.WhenDataChannelOpenAsync();
            return new RoomCallCall(coming, waiting, near, far);
        };
    }

    private CallClient Client() => new(_world.CreateSignaler(), _engine, new CallOptions { ParkOffer = offersAhead });
}
