using System.Text;

namespace RoomCall.Server.Tests;

/// <summary>Short ways to say what the tests say often.</summary>
internal static class Broker
{
    /// <summary>A broker whose peers are called p1, p2 and so on, in the order in which they ask.</summary>
    public static RoomBroker WithCountedIds(RoomBrokerOptions? options = null, TimeProvider? time = null)
    {
        int last = 0;
        options ??= new RoomBrokerOptions();
        return new RoomBroker(options with { PeerIdFactory = () => $"p{Interlocked.Increment(ref last)}" }, time);
    }

    public static RoomSeat Seat(this RoomBroker broker, IRoomMember member, string room = "lobby") =>
        broker.CreateOrJoin(room, member) ?? throw new AssertionException("The member was not let in.");

    public static void Send(this RoomSeat seat, string text, string? to = null) => seat.Relay(Encoding.UTF8.GetBytes(text), to);
}
