using System.Buffers;
using System.Text;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Signaling;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class PeerMessageJsonTests
{
    private static readonly PeerMessage[] OneOfEach =
    [
        new PeerMessage.GotUserMedia(),
        new PeerMessage.Offer("v=0\r\ns=-\r\n", 1, true),
        new PeerMessage.Offer("v=0"),
        new PeerMessage.Answer("v=0\r\na=x:é漢😀\u2028\"\\/+\r\n", int.MaxValue, true),
        new PeerMessage.Answer("v=0"),
        new PeerMessage.Offer("v=0", 1, CloseByMessage: true),
        new PeerMessage.Answer("v=0", 1, CanRestartIce: true, CloseByMessage: true),
        new PeerMessage.Candidate(new IceCandidate("candidate:1", "0", 0, "ab"), 3),
        new PeerMessage.Candidate(new IceCandidate("candidate:1", SdpMLineIndex: ushort.MaxValue)),
        new PeerMessage.Candidate(new IceCandidate(string.Empty)),
        new PeerMessage.Restart(2),
        new PeerMessage.Restart(),
        new PeerMessage.CloseChannel(0, 0),
        new PeerMessage.CloseChannel(65_534, (1L << 53) - 1, 3),
        new PeerMessage.Bye(),
        new PeerMessage.Bye("media-refused"),
    ];

    private static readonly PeerMessage[] RuleBreakers =
    [
        new PeerMessage.Offer(string.Empty),
        new PeerMessage.Offer("v=0", 0),
        new PeerMessage.Answer(string.Empty),
        new PeerMessage.Answer("v=0", -1),
        new PeerMessage.Restart(0),
        new PeerMessage.CloseChannel(-1, 0),
        new PeerMessage.CloseChannel(65_535, 0),
        new PeerMessage.CloseChannel(0, -1),
        new PeerMessage.CloseChannel(0, 1L << 53),
        new PeerMessage.CloseChannel(0, 0, 0),
        new PeerMessage.Candidate(new IceCandidate("candidate:1")),
        new PeerMessage.Candidate(new IceCandidate("candidate:1", "0", -1)),
        new PeerMessage.Candidate(new IceCandidate("candidate:1", "0", 65536)),
        new PeerMessage.Candidate(new IceCandidate("candidate:1", "0"), 0),
        new PeerMessage.Bye(string.Empty),
        new PeerMessage.Bye("Media Refused"),
        new PeerMessage.Bye(new string('a', 65)),
    ];

    [TestCaseSource(nameof(OneOfEach))]
    public void What_is_written_is_read_as_the_same_message(PeerMessage message)
    {
        bool isMessage = PeerMessageJson.TryDecode(PeerMessageJson.Encode(message), out PeerMessage? read, out string? error);

        Assert.That(isMessage, Is.True, error);
        Assert.That(read, Is.EqualTo(message));
    }

    [TestCaseSource(nameof(OneOfEach))]
    public void Write_gives_the_output_what_Encode_returns(PeerMessage message)
    {
        ArrayBufferWriter<byte> output = new();

        PeerMessageJson.Write(output, message);

        Assert.That(output.WrittenSpan.ToArray(), Is.EqualTo(PeerMessageJson.Encode(message)));
    }

    [TestCaseSource(nameof(RuleBreakers))]
    public void A_message_that_a_peer_would_refuse_is_not_written(PeerMessage message)
    {
        ArrayBufferWriter<byte> output = new();

        Assert.That(() => PeerMessageJson.Write(output, message), Throws.ArgumentException.With.Property("ParamName").EqualTo("message"));
        Assert.That(output.WrittenCount, Is.Zero);
    }

    [Test]
    public void A_message_without_its_text_is_not_written()
    {
        // In a loop and not as cases: these have no text to name a case by.
        foreach (PeerMessage message in (PeerMessage[])
        [
            new PeerMessage.Offer(null!), new PeerMessage.Answer(null!), new PeerMessage.Candidate(null!),
            new PeerMessage.Candidate(new IceCandidate(null!, "0")),
        ])
        {
            Assert.That(() => PeerMessageJson.Encode(message), Throws.ArgumentException);
        }
    }

    [Test]
    public void A_null_argument_is_told_by_name()
    {
        Assert.That(() => PeerMessageJson.Encode(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("message"));
        Assert.That(() => PeerMessageJson.Write(null!, new PeerMessage.Bye()),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("output"));
    }

    [Test]
    public void A_message_of_just_the_limit_is_written_and_read_and_one_byte_more_is_neither()
    {
        int frame = PeerMessageJson.Encode(new PeerMessage.Offer("x")).Length - 1;
        PeerMessage.Offer largest = new(new string('x', PeerMessageJson.MaxBytes - frame));
        PeerMessage.Offer tooLarge = new(largest.Sdp + "x");

        byte[] json = PeerMessageJson.Encode(largest);

        Assert.That(json, Has.Length.EqualTo(PeerMessageJson.MaxBytes));
        Assert.That(PeerMessageJson.TryDecode(json, out PeerMessage? read, out _), Is.True);
        Assert.That(read, Is.EqualTo(largest));
        Assert.That(() => PeerMessageJson.Encode(tooLarge), Throws.ArgumentException.With.Message.Contain("262144"));
        Assert.That(PeerMessageJson.TryDecode([.. json, (byte)' '], out _, out string? error), Is.False);
        Assert.That(error, Does.Contain(PeerMessageJson.MaxBytes.ToString()));
    }

    [Test]
    public void After_a_message_that_was_refused_the_next_is_written_whole()
    {
        byte[] expected = PeerMessageJson.Encode(OneOfEach[1]);

        foreach (PeerMessage refused in RuleBreakers.Append(new PeerMessage.Offer(new string('x', PeerMessageJson.MaxBytes))))
        {
            Assert.That(() => PeerMessageJson.Encode(refused), Throws.ArgumentException);
            Assert.That(PeerMessageJson.Encode(OneOfEach[1]), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Half_of_a_surrogate_pair_is_written_as_the_replacement_character()
    {
        byte[] json = PeerMessageJson.Encode(new PeerMessage.Offer("a\ud800b"));

        Assert.That(PeerMessageJson.TryDecode(json, out PeerMessage? read, out string? error), Is.True, error);
        Assert.That(read, Is.EqualTo(new PeerMessage.Offer("a\ufffdb")));
    }

    [Test]
    public void The_plus_signs_of_an_SDP_take_one_byte_each() =>
        Assert.That(Encoding.UTF8.GetString(PeerMessageJson.Encode(new PeerMessage.Offer("a=ice-pwd:+/<'&>=\r\n"))),
            Is.EqualTo("""{"type":"offer","sdp":"a=ice-pwd:+/<'&>=\r\n"}"""));

    [Test]
    public void An_output_that_writes_a_message_of_its_own_disturbs_nothing()
    {
        NestingOutput output = new();

        PeerMessageJson.Write(output, OneOfEach[1]);

        Assert.That(output.Inner.WrittenSpan.ToArray(), Is.EqualTo(PeerMessageJson.Encode(OneOfEach[1])));
    }

    [Test]
    public void Many_threads_write_and_read_at_once() =>
        Parallel.For(0, 20_000, i =>
        {
            PeerMessage message = new PeerMessage.Offer(new string('v', 1 + i % 500), 1 + i);
            if (!PeerMessageJson.TryDecode(PeerMessageJson.Encode(message), out PeerMessage? read, out string? error) || read != message)
                throw new InvalidOperationException(error ?? "Another message came back.");
        });

    private sealed class NestingOutput : IBufferWriter<byte>
    {
        public ArrayBufferWriter<byte> Inner { get; } = new();

        public void Advance(int count) => Inner.Advance(count);

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            _ = PeerMessageJson.Encode(new PeerMessage.Offer("another message, longer than the one that is being written"));
            return Inner.GetMemory(sizeHint);
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
