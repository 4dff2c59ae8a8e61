using System.Text;
using System.Text.Json;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Tests.Signaling.Protocol;

/// <summary>The first frame in the request for a WebSocket: docs/protocol.md, Asking ahead.</summary>
public sealed class FirstFrameTests
{
    private static readonly byte[] Frame = "{\"type\":\"ping\"}"u8.ToArray();

    [TestCaseSource(nameof(Vectors))]
    public void A_frame_is_offered_as_the_vector_says_and_found_again(string frame, string[] offered)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(frame);

        Assert.That(FirstFrame.Offer(utf8), Is.EqualTo(offered));
        Assert.That(FirstFrame.TryFind(offered, out byte[]? found), Is.True);
        Assert.That(found, Is.EqualTo(utf8));
    }

    [TestCase(2048, true)]
    [TestCase(2049, false)]
    public void A_frame_that_is_too_long_for_a_request_is_not_offered(int length, bool isOffered)
    {
        IReadOnlyList<string> offered = FirstFrame.Offer(new byte[length]);

        Assert.That(offered.Contains("roomcall.v1"), Is.True);
        Assert.That(FirstFrame.TryFind(offered, out _), Is.EqualTo(isOffered));
    }

    [Test]
    public void One_who_does_not_offer_to_have_begun_has_not() =>
        Assert.That(FirstFrame.TryFind(FirstFrame.Offer(Frame).Where(name => name != "roomcall.v1.begun"), out _), Is.False);

    [TestCase("")]
    [TestCase("A")]
    [TestCase("a+b/")]
    [TestCase("{}")]
    [TestCase("é")]
    public void What_is_no_base64url_is_no_frame(string text) =>
        Assert.That(FirstFrame.TryFind(["roomcall.v1.begun", "roomcall.v1.first." + text], out _), Is.False);

    [Test]
    public void A_frame_that_is_longer_than_any_client_offers_is_none() =>
        Assert.That(FirstFrame.TryFind(["roomcall.v1.begun", "roomcall.v1.first." + new string('A', 4000)], out _), Is.False);

    [Test]
    public void Of_two_frames_the_first_counts()
    {
        FirstFrame.TryFind([.. FirstFrame.Offer(Frame), .. FirstFrame.Offer("{}"u8)], out byte[]? found);

        Assert.That(found, Is.EqualTo(Frame));
    }

    private static IEnumerable<TestCaseData> Vectors()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "first-frame.json")));
        return [.. document.RootElement.GetProperty("vectors").EnumerateArray().Select(vector => new TestCaseData(
            vector.GetProperty("frame").GetString(), vector.GetProperty("offered").EnumerateArray().Select(name => name.GetString()).ToArray()))];
    }
}
