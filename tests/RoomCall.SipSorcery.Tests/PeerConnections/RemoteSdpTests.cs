using RoomCall.Media;

namespace RoomCall.SipSorcery.Tests;

/// <summary>What the other side sends is read before SIPSorcery sees it.</summary>
public sealed class RemoteSdpTests
{
    private const string Fingerprint = "a=fingerprint:sha-256 AB:CD\r\n";
    private const string Credentials = "a=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\n";
    private const string Head = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
    private const string Data = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:0\r\n";

    [Test]
    public void A_description_with_all_that_a_connection_needs_is_read()
    {
        Assert.That(RemoteSdp.Read(Head + Data + Credentials + Fingerprint).Media, Has.Count.EqualTo(1));
        Assert.That(RemoteSdp.Read(Head + Credentials + Fingerprint + Data).Media, Has.Count.EqualTo(1), "for the whole session");
    }

    [TestCase("")]
    [TestCase("no SDP")]
    [TestCase("v=0")]
    [TestCase("v=0\r\nm=\r\n")]
    [TestCase("v=0\r\nm=audio\r\n")]
    [TestCase("v=0\r\nm=audio x UDP/TLS/RTP/SAVPF 0\r\n")]
    [TestCase(Head)]
    [TestCase(Head + Data)]
    [TestCase(Head + Data + Credentials)]
    [TestCase(Head + Data + Fingerprint)]
    [TestCase(Head + Data + Credentials + "a=fingerprint:rot-13 AB:CD\r\n")]
    [TestCase(Head + Data + Credentials + "a=fingerprint:\r\n")]
    [TestCase(Head + "m=application 9 TCP/WSS webrtc-datachannel\r\n" + Credentials + Fingerprint)]
    [TestCase(Head + "m=application 9 UDP/DTLS/SCTP something\r\n" + Credentials + Fingerprint)]
    public void One_that_lacks_something_or_is_nonsense_is_a_format_error_that_quotes_nothing(string sdp)
    {
        FormatException error = Assert.Throws<FormatException>(() => RemoteSdp.Read(sdp))!;

        Assert.That(error.Message, Does.Not.Contain("AB:CD").And.Not.Contain("abcd").And.Not.Contain("127.0.0.1"));
    }

    [Test]
    public void No_mutilation_of_a_description_is_anything_but_read_or_a_format_error()
    {
        string whole = Head + Data + Credentials + Fingerprint + "m=audio 9 UDP/TLS/RTP/SAVPF 111 0\r\na=rtpmap:111 opus/48000/2\r\na=msid:a b\r\n";
        Random random = new(7);
        for (int i = 0; i < 5000; i++)
        {
            char[] broken = whole.ToCharArray();
            for (int j = random.Next(1, 6); j > 0; j--)
                broken[random.Next(broken.Length)] = (char)random.Next(1, 256);
            try
            {
                RemoteSdp.Read(new string(broken));
            }
            catch (FormatException)
            {
            }
        }
    }

    [Test]
    public void The_codecs_are_wanted_in_the_order_of_the_m_line()
    {
        (MediaKind kind, string[] formats) = RemoteSdp.WantedFormats(Head + "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0\r\n" + Data).Single();

        Assert.That((kind, string.Join(' ', formats)), Is.EqualTo((MediaKind.Audio, "111 63 9 0")));
    }

    [TestCase("candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host", ExpectedResult = true)]
    [TestCase("candidate:1 1 UDP 2122260223 2001:db8::1 50000 typ srflx raddr 0.0.0.0 rport 0", ExpectedResult = true)]
    [TestCase("candidate:1 1 udp 1 3f2b.local 50000 typ host generation 0 ufrag abcd", ExpectedResult = true)]
    [TestCase("candidate:1 1 tcp 1 192.0.2.1 9 typ host tcptype active", ExpectedResult = false)]
    [TestCase("candidate:1 1 udp 1 peer.example.org 50000 typ host", ExpectedResult = false, Description = "It would have to be looked up.")]
    [TestCase("candidate:1 1 udp 1 192.0.2.1 50000 typ srflx raddr", ExpectedResult = true, Description = "What follows is of no use here.")]
    [TestCase("candidate:1  1 udp 1  192.0.2.1 50000 typ srflx raddr 10.0.0.1 rport 99999", ExpectedResult = true)]
    public bool A_candidate_is_used_where_it_is_for_UDP_and_has_an_address(string candidate) => CandidateText.Read(candidate) is not null;

    [TestCase("candidate:1 1 udp 1 192.0.2.1 70000 typ host")]
    [TestCase("candidate:1 1 udp 1 192.0.2.1 -1 typ host")]
    [TestCase("candidate:1 one udp 1 192.0.2.1 1 typ host")]
    [TestCase("candidate:1 1 udp 1 192.0.2.1 1 host typ")]
    [TestCase("a=candidate:1 1 udp 1 192.0.2.1 1 typ host")]
    [TestCase("candidate:1 1 udp")]
    public void A_candidate_that_cannot_be_read_is_a_format_error_that_quotes_nothing(string candidate) =>
        Assert.That(() => CandidateText.Read(candidate), Throws.TypeOf<FormatException>().With.Message.Not.Contains("192.0.2.1"));
}
