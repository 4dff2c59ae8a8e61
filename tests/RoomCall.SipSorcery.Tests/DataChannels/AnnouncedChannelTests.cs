using RoomCall.DataChannels;
using SIPSorcery.Net;

namespace RoomCall.SipSorcery.Tests;

/// <summary>What the other side says of a channel that it opens (RFC 8832, section 5.1).</summary>
public sealed class AnnouncedChannelTests
{
    [TestCase(0x00, 0u, true, null, null)]
    [TestCase(0x80, 0u, false, null, null)]
    [TestCase(0x01, 3u, true, 3, null)]
    [TestCase(0x81, 0u, false, 0, null)]
    [TestCase(0x02, 250u, true, null, 250)]
    [TestCase(0x82, 250u, false, null, 250)]
    [TestCase(0x01, uint.MaxValue, true, 65_535, null)]
    [TestCase(0x7F, 1u, true, null, null)]
    public void Order_and_reliability_are_those_of_its_type(int type, uint value, bool isOrdered, int? retransmits, int? milliseconds)
    {
        DataChannelOptions options = AnnouncedChannel.OptionsOf((DataChannelTypes)type, value, "chat");

        Assert.That(options, Is.EqualTo(new DataChannelOptions
        {
            Ordered = isOrdered,
            MaxRetransmits = retransmits,
            MaxPacketLifeTime = milliseconds is { } time ? TimeSpan.FromMilliseconds(time) : null,
            Protocol = "chat",
        }));
    }
}
