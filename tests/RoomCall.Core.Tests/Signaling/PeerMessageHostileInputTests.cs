using System.Text;
using RoomCall.Signaling;

namespace RoomCall.Tests.Signaling;

/// <summary>What no well-meaning peer sends; the vectors have more that every client shares.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class PeerMessageHostileInputTests
{
    private static IEnumerable<TestCaseData> Hostile()
    {
        static TestCaseData Bytes(string name, byte[] utf8, string says) => new TestCaseData(utf8, says).SetArgDisplayNames(name);
        static TestCaseData Text(string text, string says) =>
            Bytes(text.Length > 60 ? text[..60] + "…" : text, Encoding.UTF8.GetBytes(text), says);
        static TestCaseData Latin(string name, string text, string says) => Bytes(name, Encoding.Latin1.GetBytes(text), says);

        yield return Bytes("nothing", [], "empty");
        yield return Bytes("a NUL", [0], "JSON");
        yield return Bytes("all bytes", [.. Enumerable.Range(0, 256).Select(i => (byte)i)], "UTF-8");
        yield return Bytes("a byte order mark", [0xEF, 0xBB, 0xBF, .. "\"bye\""u8], "JSON");
        yield return Bytes("UTF-16", Encoding.Unicode.GetBytes("\"bye\""), "JSON");
        yield return Bytes("UTF-16 with its mark", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("\"bye\"")], "UTF-8");
        yield return Bytes("UTF-32", Encoding.UTF32.GetBytes("\"bye\""), "JSON");
        yield return Latin("a lone continuation byte", "{\"type\":\"offer\",\"sdp\":\"\x80\"}", "UTF-8");
        yield return Latin("an overlong slash", "{\"type\":\"offer\",\"sdp\":\"\xC0\xAF\"}", "UTF-8");
        yield return Latin("an overlong NUL", "{\"type\":\"offer\",\"sdp\":\"\xC0\x80\"}", "UTF-8");
        yield return Latin("a surrogate in UTF-8", "{\"type\":\"offer\",\"sdp\":\"\xED\xA0\x80\"}", "UTF-8");
        yield return Latin("a pair of surrogates in UTF-8", "{\"type\":\"offer\",\"sdp\":\"\xED\xA0\xBD\xED\xB8\x80\"}", "UTF-8");
        yield return Latin("beyond U+10FFFF", "{\"type\":\"offer\",\"sdp\":\"\xF4\x90\x80\x80\"}", "UTF-8");
        yield return Latin("a cut character", "{\"type\":\"offer\",\"sdp\":\"\xF0\x9F\x98", "UTF-8");
        yield return Latin("bytes that are no UTF-8 in an unknown field", "{\"type\":\"bye\",\"x\":\"\xFF\"}", "UTF-8");
        yield return Latin("bytes that are no UTF-8 in an unknown name", "{\"type\":\"bye\",\"\xFF\":1}", "UTF-8");

        yield return Text("""{"type":"offer","sdp":"\ud800"}""", "'sdp'");
        yield return Text("""{"type":"offer","sdp":"\ude00\ud83d"}""", "'sdp'");
        yield return Text("""{"type":"offer","sdp":"\ud83d\ud83d\ude00"}""", "'sdp'");
        yield return Text("""{"type":"candidate","label":0,"candidate":"\udfff"}""", "'candidate'");
        yield return Text("""{"type":"candidate","id":"\ud800","candidate":""}""", "'id'");
        yield return Text("""{"type":"candidate","id":"0","candidate":"","usernameFragment":"\ud800"}""", "'usernameFragment'");
        yield return Text("""{"type":"bye","reason":"\ud800"}""", "'reason'");
        yield return Text("""{"type":"\ud800"}""", "surrogate");
        yield return Text("""{"typ\ud800":"bye"}""", "surrogate");
        yield return Text(""" "by\ud800" """, "surrogate");
        yield return Text("{" + string.Concat(Enumerable.Repeat("""\ud800":1,""", 20_000).Select(x => "\"" + x)) + "\"type\":\"bye\"}", "surrogate");

        yield return Text("""{"type":"offer","sdp":"a","sdp":"b"}""", "'sdp' appears more than once");
        yield return Text("""{"type":"offer","sdp":"a","sdp":null}""", "'sdp' appears more than once");
        yield return Text("""{"type":"offer","sdp":null,"sdp":"a"}""", "'sdp' appears more than once");
        yield return Text("""{"type":"offer","sdp":"a","\u0073dp":"b"}""", "'sdp' appears more than once");
        yield return Text("""{"type":"bye","type":"bye"}""", "'type' appears more than once");
        yield return Text("""{"type":"bye","type":"offer","sdp":"a"}""", "'type' appears more than once");
        yield return Text("""{"type":"candidate","id":"0","candidate":"a","usernameFragment":"a","usernameFragment":"b"}""",
            "'usernameFragment' appears more than once");

        yield return Text(new string('[', 100_000), "object");
        yield return Text(new string('[', 17) + new string(']', 17), "object");
        yield return Text(string.Concat(Enumerable.Repeat("{\"type\":", 25_000)), "'type'");
        yield return Text("{\"type\":\"bye\",\"x\":" + new string('[', 16) + new string(']', 16) + "}", "16 levels");
        yield return Text("{\"x\":" + new string('[', 100_000) + new string(']', 100_000) + ",\"type\":\"bye\"}", "16 levels");
        yield return Text("{\"x\":" + string.Concat(Enumerable.Repeat("{\"type\":", 40)) + "1" + new string('}', 41), "16 levels");

        yield return Text("{\"type\":\"restart\",\"generation\":" + new string('9', 100_000) + "}", "'generation'");
        yield return Text("{\"type\":\"restart\",\"generation\":-" + new string('9', 100) + "}", "'generation'");
        yield return Text("""{"type":"restart","generation":1.0}""", "'generation'");
        yield return Text("""{"type":"restart","generation":1e0}""", "'generation'");
        yield return Text("""{"type":"restart","generation":9223372036854775808}""", "'generation'");
        yield return Text("""{"type":"restart","generation":4294967297}""", "'generation'");
        yield return Text("""{"type":"restart","generation":1e-400}""", "'generation'");
        yield return Text("""{"type":"restart","generation":{}}""", "'generation'");
        yield return Text("""{"type":"restart","generation":-}""", "JSON");
        yield return Text("""{"type":"restart","generation":0x10}""", "JSON");
        yield return Text("""{"type":"restart","generation":-Infinity}""", "JSON");
        yield return Text("""{"type":"restart","generation":1""", "JSON");

        yield return Text("""{"type":["offer"],"sdp":"a"}""", "'type'");
        yield return Text("""{"type":true}""", "'type'");
        yield return Text("""{"type":"offer\u0000","sdp":"a"}""", "'type'");
        yield return Text("""{"type":" offer","sdp":"a"}""", "'type'");
        yield return Text("""{"type":"offer, answer","sdp":"a"}""", "'type'");
        yield return Text("""{"type":"0","sdp":"a"}""", "'type'");
        yield return Text("{\"type\":\"" + new string('x', 100_000) + "\"}", "'type'");
        yield return Text("""{"$type":"offer","__proto__":{"type":"bye"}}""", "'type'");
        yield return Text("""{"type":"bye","reason":"<script>"}""", "'reason'");
        yield return Text("""{"type":"bye","reason":"a\u0000"}""", "'reason'");
        yield return Text("""{"type":"bye","reason":"media‑refused"}""", "'reason'");

        yield return Text("\"bye\"\0", "JSON");
        yield return Text("\"bye\",", "JSON");
        yield return Text("{\"type\":\"bye\"}}", "JSON");
        yield return Text("{\"type\":\"bye\"", "JSON");
        yield return Text("{\"type\"", "JSON");
        yield return Text("{\"type\":", "JSON");
        yield return Text("{", "JSON");
        yield return Text("\"", "JSON");
        yield return Text("\"\\", "JSON");
        yield return Text("{\"type\":\"bye\",\"x\":tru}", "JSON");
        yield return Text("{\"type\":\"bye\",\"x\":\"\\u00g0\"}", "JSON");
        yield return Text("{\"type\":\"bye\" \"x\":1}", "JSON");
        yield return Text("// x\n\"bye\"", "JSON");
        yield return Text(new string(' ', PeerMessageJson.MaxBytes - 4) + "\"bye\"", "262144");
        yield return Bytes("far too large", new byte[PeerMessageJson.MaxBytes * 4], "262144");
    }

    [TestCaseSource(nameof(Hostile))]
    [CancelAfter(10_000)]
    public void What_is_no_message_gives_one_short_sentence(byte[] utf8, string says, CancellationToken cancellationToken)
    {
        bool isMessage = PeerMessageJson.TryDecode(utf8, out PeerMessage? message, out string? error);

        Assert.That(isMessage, Is.False);
        Assert.That(message, Is.Null);
        Assert.That(error, Does.Contain(says).And.EndWith("."));
        Assert.That(error, Has.Length.LessThan(140));
        Assert.That(cancellationToken.IsCancellationRequested, Is.False);
    }

    [Test]
    public void An_error_holds_nothing_of_what_the_peer_sent()
    {
        foreach (string text in (string[])
        [
            """{"type":"SECRET"}""", """{"type":"offer","sdp":SECRET}""", """{"type":"offer","SECRET":}""", "SECRET", "\"SECRET\"",
            """{"type":"bye","reason":"SECRET"}""", """{"type":"bye","SECRET":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}""", "{\"type\":\"bye\"}SECRET",
        ])
        {
            Assert.That(PeerMessageJson.TryDecode(Encoding.UTF8.GetBytes(text), out _, out string? error), Is.False);
            Assert.That(error, Does.Not.Contain("SECRET").And.Not.Contain("'S'"));
        }
    }

    [Test]
    public void Fifteen_levels_below_the_message_are_passed_over()
    {
        string text = "{\"x\":" + new string('[', 15) + new string(']', 15) + ",\"type\":\"bye\"}";

        Assert.That(PeerMessageJson.TryDecode(Encoding.UTF8.GetBytes(text), out PeerMessage? message, out string? error), Is.True, error);
        Assert.That(message, Is.EqualTo(new PeerMessage.Bye()));
    }

    [Test]
    public void Half_of_a_surrogate_pair_in_the_value_of_an_unknown_field_is_passed_over()
    {
        byte[] json = """{"type":"bye","x":"\ud800"}"""u8.ToArray();

        Assert.That(PeerMessageJson.TryDecode(json, out _, out string? error), Is.True, error);
    }

    [Test]
    public void A_field_of_another_type_may_be_repeated_like_any_unknown_one()
    {
        byte[] json = """{"type":"bye","sdp":1,"sdp":2,"x":1,"x":2}"""u8.ToArray();

        Assert.That(PeerMessageJson.TryDecode(json, out _, out string? error), Is.True, error);
    }
}
