using SIPSorcery.Net;

namespace RoomCall.SipSorcery.Tests;

/// <summary>The engine looks every 3 s whether the other side is there; a lost one is given up sooner than in production.</summary>
[SetUpFixture]
public sealed class ShortPatience
{
    [OneTimeSetUp]
    public void GiveUpSoon()
    {
        RtpIceChannel.DISCONNECTED_TIMEOUT_PERIOD = 4;
        RtpIceChannel.FAILED_TIMEOUT_PERIOD = 12;
    }
}
