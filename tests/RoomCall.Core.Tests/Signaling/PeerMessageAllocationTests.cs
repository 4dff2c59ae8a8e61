using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Signaling;

/// <summary>Reading makes the message and its texts, writing makes its bytes, and neither makes anything else.</summary>
[TestFixture]
[NonParallelizable]
public sealed class PeerMessageAllocationTests
{
    private const int Rounds = 10;
    private const int PerRound = 500;

    private static readonly string Sdp =
        string.Concat(Enumerable.Range(0, 40).Select(i => $"a=candidate:{i} 1 udp 2122260223 192.0.2.{i} 5000{i} typ host+x/y\r\n"));

    private static readonly object[][] Messages =
    [
        [new PeerMessage.GotUserMedia(), (Func<object>)(() => string.Empty)],
        [new PeerMessage.Offer(Sdp, 3, true), (Func<object>)(() => new PeerMessage.Offer(Copy(Sdp), 3, true))],
        [new PeerMessage.Answer(Sdp, 3), (Func<object>)(() => new PeerMessage.Answer(Copy(Sdp), 3))],
        [
            new PeerMessage.Candidate(new IceCandidate("candidate:1 1 udp 1 192.0.2.1 9 typ host", "0", 0, "abcd"), 3),
            (Func<object>)(() => new PeerMessage.Candidate(
                new IceCandidate(Copy("candidate:1 1 udp 1 192.0.2.1 9 typ host"), "0", 0, Copy("abcd")), 3)),
        ],
        [
            new PeerMessage.Candidate(new IceCandidate("candidate:1", "sdparta_0", 0)),
            (Func<object>)(() => new PeerMessage.Candidate(new IceCandidate(Copy("candidate:1"), Copy("sdparta_0"), 0))),
        ],
        [
            new PeerMessage.Candidate(new IceCandidate(string.Empty, "video")),
            (Func<object>)(() => new PeerMessage.Candidate(new IceCandidate(string.Empty, "video"))),
        ],
        [new PeerMessage.Restart(3), (Func<object>)(() => new PeerMessage.Restart(3))],
        [new PeerMessage.Bye(), (Func<object>)(() => string.Empty)],
        [new PeerMessage.Bye("media-refused"), (Func<object>)(() => new PeerMessage.Bye(Copy("media-refused")))],
    ];

    [TestCaseSource(nameof(Messages))]
    public void Reading_allocates_the_message_and_its_texts_only(PeerMessage message, Func<object> make)
    {
        byte[] json = PeerMessageJson.Encode(message);

        long expected = BytesPerCall(() => make());
        long actual = BytesPerCall(() => PeerMessageJson.TryDecode(json, out _, out _));

        TestContext.Out.WriteLine($"{json.Length} bytes of JSON, {actual} bytes allocated");
        Assert.That(actual, Is.LessThanOrEqualTo(expected));
    }

    [TestCaseSource(nameof(Messages))]
    public void Writing_allocates_the_bytes_only(PeerMessage message, Func<object> make)
    {
        _ = make;
        int length = PeerMessageJson.Encode(message).Length;

        long expected = BytesPerCall(() => GC.KeepAlive(new byte[length]));
        long actual = BytesPerCall(() => PeerMessageJson.Encode(message));

        Assert.That(actual, Is.LessThanOrEqualTo(expected));
    }

    [Test]
    public void What_breaks_a_rule_is_refused_without_an_exception()
    {
        byte[] json = """{"type":"candidate","label":-1,"id":"0","candidate":""}"""u8.ToArray();

        Assert.That(BytesPerCall(() => PeerMessageJson.TryDecode(json, out _, out _)), Is.LessThanOrEqualTo(100),
            "The message that the rules refuse takes less; an exception takes more.");
    }

    private static string Copy(string text) => new(text.AsSpan());

    /// <summary>The least of several rounds: the runtime's own work, such as compiling anew, falls into some of them.</summary>
    private static long BytesPerCall(Action call)
    {
        long least = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < PerRound; i++)
                call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least / PerRound;
    }
}
