using Microsoft.Extensions.Options;

namespace RoomCall.SipSorcery.Tests;

public sealed class SipSorceryOptionsTests
{
    [TestCase(null, null, true)]
    [TestCase(40_000, 40_100, true)]
    [TestCase(1024, 1025, true)]
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
}
