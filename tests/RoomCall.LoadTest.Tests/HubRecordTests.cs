using System.Net.Sockets;
using System.Text;
using RoomCall.LoadTest.Members;
using RoomCall.LoadTest.Wire;

namespace RoomCall.LoadTest.Tests;

public class HubRecordTests
{
    [Test]
    public void A_message_is_taken_apart_into_its_records()
    {
        ReadOnlySpan<byte> message = "{}\u001e{\"type\":6}\u001e{\"type\":2,\"invocationId\":\"1\",\"item\":\"x\"}\u001e"u8;
        List<HubRecordKind> kinds = [];

        while (HubRecord.TryTake(ref message, out HubRecord record)) kinds.Add(record.Kind);

        Assert.That(kinds, Is.EqualTo((HubRecordKind[])[HubRecordKind.Handshake, HubRecordKind.Ping, HubRecordKind.StreamItem]));
    }

    [TestCase("{\"type\":6}")]
    [TestCase("nonsense\u001e")]
    public void A_message_that_is_no_record_is_told(string message)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(message);

        Assert.That(
            () =>
            {
                ReadOnlySpan<byte> left = bytes;
                HubRecord.TryTake(ref left, out _);
            },
            Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void A_servers_last_word_is_passed_over_by_one_who_has_left_and_told_by_one_who_has_not()
    {
        byte[] last = Encoding.UTF8.GetBytes("{\"type\":7,\"allowReconnect\":true}\u001e");
        using SignalRMember member = new();

        Assert.That(() => member.OnText(last), Throws.TypeOf<InvalidDataException>());
        Assert.That(member.Leave, Throws.TypeOf<SocketException>(), "it is connected to nobody");
        Assert.That(() => member.OnText(last), Throws.Nothing);
    }

    [Test]
    public void A_text_is_read_as_it_was_before_it_was_quoted()
    {
        byte[] buffer = [];

        foreach (string text in (string[])[Payloads.Offer, Payloads.Bye, ""])
        {
            ReadOnlySpan<byte> message = Encoding.UTF8.GetBytes($$"""{"type":2,"item":{{HubFrame.Quoted(text)}}}""" + '\u001e');
            HubRecord.TryTake(ref message, out HubRecord record);

            Assert.That(Encoding.UTF8.GetString(record.ReadText("""{"type":2,"item":"""u8, "}"u8, ref buffer)), Is.EqualTo(text));
        }
    }
}
