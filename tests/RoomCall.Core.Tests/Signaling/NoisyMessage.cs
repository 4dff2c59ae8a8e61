using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using RoomCall.Signaling;

namespace RoomCall.Tests.Signaling;

/// <summary>A message whose JSON has its fields in any order, and among them fields that mean nothing.</summary>
/// <param name="Message">The message.</param>
/// <param name="Order">Where the fields go: each number is the place, counted from the front, of the next one.</param>
/// <param name="Extras">Further fields: name and value as JSON.</param>
/// <param name="Space">Stands between the tokens.</param>
internal sealed record NoisyMessage(PeerMessage Message, int[] Order, (string Name, string Value)[] Extras, string Space)
{
    private static readonly Gen<(string Name, string Value)> Extra =
        from name in Gen.Elements("x", "", "Type", "SDP", "from", "to", "type ", "générations", "\\u0000")
        from value in Gen.Elements("null", "0", "-1e999", "\"bye\"", "\"\\ud800\"", "[[[[{}]]]]", """{"type":"bye","type":"offer"}""", "true")
        select ($"\"{name}\"", value);

    public static Gen<NoisyMessage> Any { get; } =
        from message in PeerMessageCases.Allowed
        from order in Gen.Choose(0, 20).ArrayOf(30)
        from extras in Extra.ArrayOf()
        from space in Gen.Elements("", " ", "\n", "\t\r\n ")
        select new NoisyMessage(message, order, [.. extras.Take(15)], space);

    /// <summary>The message with the noise.</summary>
    public string Json => $"{Space}{{{Space}{string.Join($"{Space},{Space}", Mixed())}{Space}}}{Space}";

    public override string ToString() => Json;

    public static IEnumerable<NoisyMessage> Smaller(NoisyMessage noisy) => [
        .. Properties.Shorter(noisy.Extras).Select(extras => noisy with { Extras = extras }),
        .. noisy.Space.Length > 0 ? [noisy with { Space = "" }] : Array.Empty<NoisyMessage>(),
        .. PeerMessageCases.Smaller(noisy.Message).Select(message => noisy with { Message = message })];

    private List<string> Mixed()
    {
        List<string> mixed = [];
        foreach ((string name, string value) in Fields().Concat(Extras))
        {
            mixed.Insert(Order[mixed.Count] % (mixed.Count + 1), $"{name}{Space}:{Space}{value}");
        }

        return mixed;
    }

    // The book's two texts as objects; the fields of the others as they are written, and null for one that is not.
    private IEnumerable<(string Name, string Value)> Fields()
    {
        JsonElement written = JsonElement.Parse(PeerMessageJson.Encode(Message));
        if (written.ValueKind == JsonValueKind.String)
            return [("\"type\"", written.GetRawText())];

        var fields = written.EnumerateObject().Select(property => ($"\"{property.Name}\"", property.Value.GetRawText()));
        return Message is PeerMessage.Restart { Generation: null } ? fields.Append(("\"generation\"", "null")) : fields;
    }
}
