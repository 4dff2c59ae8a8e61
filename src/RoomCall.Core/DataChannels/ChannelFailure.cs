namespace RoomCall.DataChannels;

/// <summary>Why a channel ended by neither side's wish. Each who is told gets an exception of its own, with its own stack trace.</summary>
internal sealed record ChannelFailure(RoomCallErrorCode Code, string Message, Exception? Cause = null)
{
    public static ChannelFailure CutOff(Exception cause) => new(
        RoomCallErrorCode.DataChannelClosed,
        "The data channel was cut off: what either side sent last may be missing.",
        cause);

    public static ChannelFailure TooLarge(int size, int largest) => new(
        RoomCallErrorCode.MessageTooLarge,
        $"A message of {size} bytes is larger than the {largest} bytes that the data channel takes: "
        + "send it in parts, or through a stream (AsStream).");

    public static ChannelFailure QueueFull(int size, int limit) => new(
        RoomCallErrorCode.SendQueueFull,
        $"A message of {size} bytes no longer fits into the {limit} bytes that may wait for the data channel to open: "
        + "await WhenOpenAsync first, or raise CallOptions.SendQueueLimit.");

    public static ChannelFailure ReceiveBufferFull(int limit) => new(
        RoomCallErrorCode.ReceiveBufferFull,
        $"More than {ReceiveSide.Tolerance} times {limit} bytes arrived on the data channel that nobody read, and the rest is lost: "
        + "read faster, or raise CallOptions.ReceiveBufferLimit.");

    public RoomCallException ToException() => new(Code, Message, Cause);

    /// <summary>What a sender is told: always <see cref="RoomCallErrorCode.DataChannelClosed"/>, with the reason inside.</summary>
    public static RoomCallException ForSender(ChannelFailure? failure) => failure is { Code: RoomCallErrorCode.DataChannelClosed }
        ? failure.ToException()
        : new(
            RoomCallErrorCode.DataChannelClosed,
            "The data channel is closed: nothing can be sent on it any more. Send on the channel of the next call.",
            failure?.ToException());
}
