using FsCheck;
using FsCheck.Fluent;
using RoomCall.Tests;

namespace RoomCall.Server.Tests.Signaling;

/// <summary>Something that one of two clients, or the network between one and the server, does.</summary>
internal abstract record StayAct(int Client)
{
    public static Gen<StayAct[]> Any { get; } = Gen.Sized(size => Gen.Choose(1, 2 * size + 4).SelectMany(length => Gen.ArrayOf(One, length)));

    private static Gen<StayAct> One { get; } = Gen.Choose(0, 1).SelectMany(client => Gen.Frequency(
        (10, Gen.Constant<StayAct>(new Send(client))),
        (2, Gen.Constant<StayAct>(new Ack(client))),
        (2, Gen.Constant<StayAct>(new Hold(client))),
        (3, Gen.Constant<StayAct>(new Release(client))),
        (3, Gen.Constant<StayAct>(new Cut(client))),
        (4, Gen.Constant<StayAct>(new Resume(client))),
        (1, Gen.Constant<StayAct>(new ResumeWithOlderToken(client))),
        (1, Gen.Constant<StayAct>(new ResumeWithOthersToken(client)))));

    public static IEnumerable<StayAct[]> Smaller(StayAct[] acts) => Properties.Shorter(acts);

    /// <summary>Sends the next number to the other.</summary>
    public sealed record Send(int Client) : StayAct(Client);

    /// <summary>Acknowledges what has come.</summary>
    public sealed record Ack(int Client) : StayAct(Client);

    /// <summary>What the server sends stays on its way.</summary>
    public sealed record Hold(int Client) : StayAct(Client);

    /// <summary>It arrives.</summary>
    public sealed record Release(int Client) : StayAct(Client);

    /// <summary>The connection is lost, whatever was on its way.</summary>
    public sealed record Cut(int Client) : StayAct(Client);

    /// <summary>Comes back on a new connection, whether or not the older one is lost, and sends again what the server did not get.</summary>
    public sealed record Resume(int Client) : StayAct(Client);

    /// <summary>Somebody shows a token that was given once and is not the present one.</summary>
    public sealed record ResumeWithOlderToken(int Client) : StayAct(Client);

    /// <summary>Somebody shows the other one's token.</summary>
    public sealed record ResumeWithOthersToken(int Client) : StayAct(Client);
}
