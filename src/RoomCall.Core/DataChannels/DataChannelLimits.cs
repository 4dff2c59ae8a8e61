namespace RoomCall.DataChannels;

/// <summary>The bounds of one channel in bytes; for their meaning, ranges and defaults see <see cref="CallOptions"/>.</summary>
internal readonly record struct DataChannelLimits(int SendQueueLimit, int SendBufferLimit, int ReceiveBufferLimit)
{
    public static DataChannelLimits From(CallOptions options) =>
        new(options.SendQueueLimit, options.SendBufferLimit, options.ReceiveBufferLimit);
}
