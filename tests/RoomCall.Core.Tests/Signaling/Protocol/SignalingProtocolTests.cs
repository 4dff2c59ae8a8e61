using System.Text;
using RoomCall.Signaling;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Tests.Signaling.Protocol;

public sealed class SignalingProtocolTests
{
    [Test]
    public void The_id_of_a_secret_is_the_one_that_the_protocol_tells() =>
        // printf 'lobby\nq83vEjRWeJCrze8SNFZ4kA' | sha256sum | cut -c 1-32 | xxd -r -p | base64
        Assert.That(SignalingProtocol.PeerIdOf("lobby", "q83vEjRWeJCrze8SNFZ4kA"), Is.EqualTo("EqrAceZvyVaiDnuHuBz9Lw"));

    [Test]
    public void A_long_room_has_an_id_too() =>
        Assert.That(SignalingProtocol.PeerIdOf(new string('é', 4096), SignalingProtocol.NewSecret()), Has.Length.EqualTo(22));

    [Test]
    public void A_new_secret_is_one_and_differs_from_the_last()
    {
        string one = SignalingProtocol.NewSecret();

        Assert.That(SignalingProtocol.IsSecret(one), Is.True);
        Assert.That(SignalingProtocol.NewSecret(), Is.Not.EqualTo(one));
    }

    [TestCase("a")]
    [TestCase("an id with \" and \\ and é")]
    public void The_frame_around_a_payload_is_what_the_writer_writes(string from)
    {
        byte[] payload = Encoding.UTF8.GetBytes("""{"type":"offer","sdp":"v=0\r\n"}""");
        MessageFrame message = new(from);
        byte[] frame = new byte[message.LengthOf(payload.Length)];

        message.Write(payload, frame);

        Assert.That(ServerFrameJson.TryDecode(frame, out ServerFrame decoded, out string? error), Is.True, error);
        var said = (RoomEvent.Message)decoded.Event!;
        Assert.That((said.From, Encoding.UTF8.GetString(said.Payload.Span)), Is.EqualTo((from, Encoding.UTF8.GetString(payload))));
    }
}
