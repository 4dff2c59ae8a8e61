using FsCheck;
using FsCheck.Fluent;
using RoomCall.Signaling;
using RoomCall.Tests;

namespace RoomCall.Server.Tests.Rooms;

/// <summary>What one of a few clients does at a broker; one that cannot (it has no seat) does nothing.</summary>
internal abstract record RoomAct(int Client)
{
    public const int Clients = 6;
    public const int MaxMessageBytes = 4;

    private static readonly Gen<int> AnyClient = Gen.Choose(0, Clients - 1);

    /// <summary>Asks for a room.</summary>
    internal sealed record Enter(int Client, string Room) : RoomAct(Client);

    /// <summary>Gives up the seat that it got last, also one that it has given up before.</summary>
    internal sealed record Leave(int Client, PeerLeftReason Reason) : RoomAct(Client);

    /// <summary>Sends from the seat that it got last, also after it has left: nothing, something, or a byte too much, to all or to the
    /// peer that a client was last, in whatever room.</summary>
    internal sealed record Relay(int Client, int Size, int? To) : RoomAct(Client);

    /// <summary>Some acts at a broker whose rooms have so many places, and that may have so many rooms.</summary>
    internal sealed record Script(int Capacity, int MaxRooms, RoomAct[] Acts)
    {
        public static Gen<Script> Any { get; } =
            from capacity in Gen.Choose(2, Clients)
            from rooms in Gen.Choose(1, 3)
            from acts in AnyAct.ListOf()
            select new Script(capacity, rooms, [.. acts]);

        public static IEnumerable<Script> Smaller(Script script) => Properties.Shorter(script.Acts).Select(acts => script with { Acts = acts });

        public override string ToString() =>
            $"capacity {Capacity}, at most {MaxRooms} rooms:{string.Concat(Acts.Select(act => Environment.NewLine + act))}";
    }

    private static Gen<RoomAct> AnyAct { get; } = Gen.Frequency(
        (5, from client in AnyClient
            from room in Gen.Elements("a", "b", "c")
            select (RoomAct)new Enter(client, room)),
        (3, from client in AnyClient
            from reason in Gen.Elements(Enum.GetValues<PeerLeftReason>())
            select (RoomAct)new Leave(client, reason)),
        (4, from client in AnyClient
            from size in Gen.Frequency((1, Gen.Elements(0, MaxMessageBytes + 1)), (4, Gen.Choose(1, MaxMessageBytes)))
            from to in Gen.OneOf(Gen.Constant<int?>(null), AnyClient.Select(other => (int?)other))
            select (RoomAct)new Relay(client, size, to)));
}
