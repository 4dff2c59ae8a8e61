using System.Text;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Tests.Signaling.Protocol;

[Parallelizable(ParallelScope.All)]
public sealed class FrameVectorTests
{
    [TestCaseSource(typeof(FrameVectors), nameof(FrameVectors.Valid))]
    public void A_valid_frame_is_read_and_written_as_the_vector_says(string side, string frame, string written) =>
        Assert.That(Rewritten(side, frame), Is.EqualTo(written));

    [TestCaseSource(typeof(FrameVectors), nameof(FrameVectors.Invalid))]
    public void An_invalid_frame_is_refused_with_a_sentence_that_names_the_place(string side, string frame, string place)
    {
        bool isFrame = side == "client"
            ? ClientFrameJson.TryDecode(Encoding.UTF8.GetBytes(frame), out _, out string? error)
            : ServerFrameJson.TryDecode(Encoding.UTF8.GetBytes(frame), out _, out error);

        Assert.That(isFrame, Is.False);
        Assert.That(error, place is "object" or "twice" ? Does.Contain(place) : Does.Contain($"'{place}'"));
        Assert.That(error, Does.EndWith("."));
    }

    [Test]
    public void A_frame_of_a_type_that_a_later_version_may_bring_is_passed_over_by_a_client()
    {
        bool isFrame = ServerFrameJson.TryDecode("""{"type":"teapot","payload":1}"""u8.ToArray(), out ServerFrame frame, out _);

        Assert.That((isFrame, frame.Type, frame.IsCounted), Is.EqualTo((true, ServerFrameType.Unknown, true)));
    }

    private static string Rewritten(string side, string frame)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(frame);
        if (side == "client")
        {
            Assert.That(ClientFrameJson.TryDecode(utf8, out ClientFrame ofClient, out string? error), Is.True, error);
            return Encoding.UTF8.GetString(ClientFrameJson.Encode(ofClient));
        }

        Assert.That(ServerFrameJson.TryDecode(utf8, out ServerFrame ofServer, out string? refusal), Is.True, refusal);
        return Encoding.UTF8.GetString(ServerFrameJson.Encode(ofServer));
    }
}
