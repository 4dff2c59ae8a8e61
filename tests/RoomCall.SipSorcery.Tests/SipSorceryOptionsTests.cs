using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using RoomCall.Conformance;
using RoomCall.DataChannels;
using RoomCall.PeerConnections;

namespace RoomCall.SipSorcery.Tests;

public sealed class SipSorceryOptionsTests
{
    [TestCase(null, null, true)]
    [TestCase(40_000, 40_100, true)]
    [TestCase(1024, 1027, true)]
    [TestCase(50_001, 50_004, true)]
    [TestCase(65_532, 65_535, true)]
    [TestCase(1024, 1026, false)]
    [TestCase(40_000, null, false)]
    [TestCase(null, 40_000, false)]
    [TestCase(1023, 40_000, false)]
    [TestCase(40_000, 40_000, false)]
    [TestCase(40_000, 65_536, false)]
    public void A_port_range_is_whole_and_within_what_there_is(int? min, int? max, bool isRight)
    {
        SipSorceryOptions options = new() { MinPort = min, MaxPort = max };

        ValidateOptionsResult result = new SipSorceryOptionsValidator().Validate(null, options);

        Assert.That(result.Succeeded, Is.EqualTo(isRight), result.FailureMessage);
        Assert.That(() => new SipSorceryPeerConnectionFactory(options), isRight ? Throws.Nothing : Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task A_connection_takes_a_port_of_the_range()
    {
        SipSorceryPeerConnectionFactory factory = new(new SipSorceryOptions { BindAddress = IPAddress.Loopback, MinPort = 41_001, MaxPort = 41_100 });
        await using TestPeer peer = await TestPeer.CreateAsync(factory);
        peer.Connection.CreateDataChannel("any", DataChannelOptions.Reliable);
        await peer.OfferAsync();

        string port = (await peer.Candidates.FirstAsync().WaitAsync(NativeSide.Patience)).Candidate.Split(' ')[5];

        Assert.That(int.Parse(port, CultureInfo.InvariantCulture), Is.InRange(41_001, 41_100));
    }

    [TestCase("stun:stun.example.org", true)]
    [TestCase("stun:192.0.2.1:3478", true)]
    [TestCase("turns:[2001:db8::1]:5349?transport=tcp", true)]
    [TestCase("stun::3478", false)]
    [TestCase("stun:", false)]
    [TestCase("http://example.org", false)]
    [TestCase("", false)]
    public async Task The_URL_of_an_ICE_server_has_a_scheme_and_a_host(string url, bool isRight)
    {
        PeerConnectionConfiguration configuration = new() { IceServers = [new IceServer([url])] };

        Func<Task> making = async () => await (await TestPeer.CreateAsync(Engine.Create(), configuration)).DisposeAsync();

        await Assert.ThatAsync(() => making(), isRight ? Throws.Nothing : Throws.ArgumentException);
    }
}
