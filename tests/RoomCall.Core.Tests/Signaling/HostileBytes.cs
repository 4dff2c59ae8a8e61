using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RoomCall.Signaling;

namespace RoomCall.Tests.Signaling;

/// <summary>What a peer may send: noise, messages cut short and damaged, JSON that looks like a message, and JSON made to harm.</summary>
internal static class HostileBytes
{
    private static readonly Gen<byte> AnyByte = Gen.Choose(0, 255).Select(value => (byte)value);

    private static readonly Gen<byte[]> Message = PeerMessageCases.Allowed.Select(PeerMessageJson.Encode);

    private static readonly Gen<byte[]> CutMessage =
        from message in Message
        from length in Gen.Choose(0, message.Length)
        select message[..length];

    private static readonly Gen<byte[]> DamagedMessage =
        from message in Message
        from other in Message
        from at in Gen.Choose(0, message.Length)
        from end in Gen.Choose(at, Math.Min(message.Length, at + 10))
        from piece in Gen.OneOf(AnyByte.ArrayOf(), Gen.Choose(0, other.Length).Select(start => other[start..]))
        select (byte[])[.. message[..at], .. piece, .. message[end..]];

    private static readonly Gen<string> Number = Gen.OneOf(
        Gen.Elements("0", "-0", "-1", "1.0", "1e0", "65535", "65536", "2147483647", "2147483648", "9999999999999999999999", "1e999", "-1e-999"),
        Gen.Choose(int.MinValue, int.MaxValue).Select(value => value.ToString(CultureInfo.InvariantCulture)),
        Gen.Choose(1, 400).Select(digits => new string('9', digits)));

    private static readonly Gen<string> Nested =
        from depth in Gen.OneOf(Gen.Choose(1, 20), Gen.Choose(1, 2_000))
        from isArray in Gen.Elements(true, false)
        from isClosed in Gen.Elements(true, false)
        select Repeat(isArray ? "[" : "{\"a\":", depth) + "0" + (isClosed ? Repeat(isArray ? "]" : "}", depth) : "");

    private static readonly Gen<string> Value = Gen.Frequency(
        (4, Gen.Elements("\"offer\"", "\"answer\"", "\"candidate\"", "\"restart\"", "\"close channel\"", "\"bye\"", "\"got user media\"")),
        (3, Gen.Elements("null", "true", "false", "\"\"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "{}", "nul", "\"")),
        (3, Number),
        (1, Nested));

    private static readonly Gen<string> Name = Gen.Elements(
        "type", "sdp", "label", "id", "candidate", "generation", "usernameFragment", "iceRestart", "canRestartIce", "reason",
        "closeByMessage", "channel", "messages", "Type", "", "x", "\\ud800", "t\\u0079pe");

    private static readonly Gen<byte[]> LikeAMessage =
        from type in Gen.Elements("offer", "answer", "candidate", "restart", "close channel", "bye", "got user media", "other")
        from fields in (from name in Name from value in Value select $",\"{name}\":{value}").ListOf()
        select Encoding.UTF8.GetBytes($$"""{"type":"{{type}}","sdp":"v=0","label":0{{string.Concat(fields)}}}""");

    public static Gen<byte[]> Any { get; } = Gen.OneOf(
        AnyByte.ArrayOf(),
        CutMessage,
        DamagedMessage,
        LikeAMessage,
        Gen.OneOf(Value, Nested).Select(Encoding.UTF8.GetBytes));

    public static IEnumerable<byte[]> Smaller(byte[] bytes) => Properties.Shorter(bytes);

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
