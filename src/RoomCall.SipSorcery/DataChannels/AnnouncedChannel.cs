using RoomCall.DataChannels;
using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>What the message says that opens a data channel (RFC 8832, section 5.1).</summary>
internal static class AnnouncedChannel
{
    private const int Unordered = 0x80;

    public static DataChannelOptions OptionsOf(DataChannelTypes type, uint reliability, string? protocol)
    {
        int value = Math.Min((int)Math.Min(reliability, int.MaxValue), ushort.MaxValue);
        DataChannelOptions options = new() { Ordered = ((int)type & Unordered) == 0, Protocol = protocol ?? "" };
        return (DataChannelTypes)((int)type & ~Unordered) switch
        {
            DataChannelTypes.DATA_CHANNEL_PARTIAL_RELIABLE_REXMIT => options with { MaxRetransmits = value },
            DataChannelTypes.DATA_CHANNEL_PARTIAL_RELIABLE_TIMED => options with { MaxPacketLifeTime = TimeSpan.FromMilliseconds(value) },
            _ => options,
        };
    }
}
