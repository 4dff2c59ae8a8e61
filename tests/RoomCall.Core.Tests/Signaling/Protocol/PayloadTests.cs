using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Tests.Signaling.Protocol;

/// <summary>A payload is passed on as it came and not looked into; and nobody breaks out of it.</summary>
public sealed class PayloadTests
{
    [TestCase("1")]
    [TestCase("null")]
    [TestCase("-1.5e+3")]
    [TestCase("\"\"")]
    [TestCase("\"a\\\"b\"")]
    [TestCase("\"a\\\\\"")]
    [TestCase("\"a\\\\\\\"]}\"")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("{\"a\":[{\"b\":\"}]\"}],\"c\":\"{[\"}")]
    [TestCase("[\"\\\\\",\"\\\"\"]")]
    public void A_payload_ends_where_its_value_ends(string payload)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(PayloadOf($$"""{"type":"message","payload":{{payload}}}"""), Is.EqualTo(payload));
            Assert.That(PayloadOf($$"""{"type":"message", "payload" : {{payload}} } """), Is.EqualTo(payload), "with white space");
            Assert.That(PayloadOf($$"""{"payload":{{payload}},"type":"message"}"""), Is.EqualTo(payload), "not last");
        }
    }

    [TestCase("1,\"from\":\"x\"", "1")]
    [TestCase("1}{\"type\":\"bye\"", null)]
    [TestCase("\"a\",\"payload\":\"b\"", null)]
    [TestCase("{\"a\":1}}", null)]
    [TestCase("[1", null)]
    [TestCase("\"open", null)]
    [TestCase("\"open\\\"", null)]
    [TestCase("]", null)]
    [TestCase(",", null)]
    [TestCase("", null)]
    [TestCase(":1", null)]
    [TestCase("1 2", null)]
    [TestCase("{}{}", null)]
    [TestCase("\"a\"\"b\"", null)]
    [TestCase("{/*\"*/},\"from\":\"x\",\"z\":{/*\"*/}", null)]
    [TestCase("{'a':1}", null)]
    public void A_payload_that_breaks_out_is_refused_or_ends_before(string payload, string? taken) =>
        Assert.That(PayloadOf($$"""{"type":"message","payload":{{payload}}}"""), Is.EqualTo(taken));

    [Test]
    public void What_is_passed_on_cannot_name_another_sender_whatever_the_bytes_are() =>
        Properties.Hold(
            5_000,
            Gen.Elements(Alphabet).ArrayOf(),
            Properties.Shorter,
            payload =>
            {
                byte[] frame = [.. "{\"type\":\"message\",\"payload\":"u8, .. payload, .. "}"u8];
                if (!ClientFrameJson.TryDecode(frame, out ClientFrame decoded, out _))
                    return;

                MessageFrame around = new("me");
                byte[] relayed = new byte[around.LengthOf(decoded.Payload.Length)];
                around.Write(decoded.Payload.Span, relayed);
                JsonDocumentOptions lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
                try
                {
                    using JsonDocument document = JsonDocument.Parse(relayed, lenient);
                    Assert.That(document.RootElement.EnumerateObject().Select(property => property.Name), Is.EqualTo(new[] { "type", "from", "payload" }));
                }
                catch (JsonException)
                {
                    // Broken inside: its receiver passes over it.
                }
            });

    private static readonly byte[] Alphabet = [.. "{}[]\",:\\1a from/*'\n"u8];

    private static string? PayloadOf(string frame) =>
        ClientFrameJson.TryDecode(Encoding.UTF8.GetBytes(frame), out ClientFrame decoded, out _) ? Encoding.UTF8.GetString(decoded.Payload.Span) : null;
}
