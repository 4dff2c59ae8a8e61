using FsCheck;
using FsCheck.Fluent;

namespace RoomCall.Tests.Signaling.Links;

/// <summary>How much each side sends, and where the network cuts each link.</summary>
internal sealed record CutCase(int FromClient, int FromServer, Cut[] Cuts, bool ServerForgetsToAck, bool TakesFirst)
{
    public static Gen<CutCase> Any { get; } =
        from client in Gen.Choose(0, 90)
        from server in Gen.Choose(0, 90)
        from cuts in Cut.Any.ArrayOf().Resize(12)
        from lazy in Gen.Elements(true, false)
        from ahead in Gen.Elements(true, false)
        select new CutCase(client, server, cuts, lazy, ahead);

    public static IEnumerable<CutCase> Smaller(CutCase one)
    {
        foreach (Cut[] cuts in Properties.Shorter(one.Cuts))
        {
            yield return one with { Cuts = cuts };
        }

        if (one.FromClient > 0)
            yield return one with { FromClient = one.FromClient / 2 };
        if (one.FromServer > 0)
            yield return one with { FromServer = one.FromServer / 2 };
    }

    public override string ToString() =>
        $"{FromClient} from the client, {FromServer} from the server, cuts: {string.Join("; ", Cuts.Select(cut => cut.ToString()))}{(ServerForgetsToAck ? ", acks late" : "")}{(TakesFirst ? ", asked ahead" : "")}";
}
