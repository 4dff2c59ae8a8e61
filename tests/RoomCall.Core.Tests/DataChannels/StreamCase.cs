using FsCheck;
using FsCheck.Fluent;
using RoomCall.DataChannels;

namespace RoomCall.Tests.DataChannels;

/// <summary>Bytes that pass a stream in some way.</summary>
/// <param name="Data">The bytes.</param>
/// <param name="Writes">How many are written at a time, over and over until all are.</param>
/// <param name="Reads">How large the reader's buffers are, over and over; at least one has room.</param>
/// <param name="ChunkSize">The stream's option.</param>
/// <param name="MaxMessageSize">The most that the engine takes in a message; the mark of the end needs its place too.</param>
/// <param name="SendLimit">How much may be buffered at the sender.</param>
/// <param name="ReceiveLimit">How much may be buffered at the receiver.</param>
/// <param name="Copies">Whether the reader copies to another stream instead of reading.</param>
/// <param name="Cut">In thousandths of all messages, the last being the mark: when the channel is cut, where it is.</param>
/// <param name="CutLooksLikeAClosing">Whether the cut tells no error.</param>
internal sealed record StreamCase(
    byte[] Data,
    int[] Writes,
    int[] Reads,
    int ChunkSize,
    int MaxMessageSize,
    int SendLimit,
    int ReceiveLimit,
    bool Copies,
    int Cut,
    bool CutLooksLikeAClosing)
{
    private const int RoomForTheMark = 64;

    private static readonly Gen<bool> Truth = Gen.Elements(false, true);

    // Small limits meet the bytes often, large ones hardly ever.
    private static readonly Gen<int> Limit = Gen.OneOf(Gen.Choose(1, 8), Gen.Choose(1, 200), Gen.Constant(65_536));

    public static Gen<StreamCase> Any { get; } =
        from data in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().ScaleSize(size => 4 * size)
        from writes in Gen.OneOf(Gen.Choose(0, 5), Gen.Choose(0, 300)).NonEmptyListOf()
        from reads in Gen.OneOf(Gen.Choose(0, 5), Gen.Choose(0, 300)).NonEmptyListOf()
        from chunk in Limit
        from message in Limit
        from send in Limit
        from receive in Limit
        from copies in Truth
        from cut in Gen.Choose(0, 999)
        from closing in Truth
        select new StreamCase(data, WithOneAbove0(writes), WithOneAbove0(reads), chunk, RoomForTheMark + message, send, receive, copies, cut, closing);

    public DataChannelLimits Limits => DataChannelLimits.From(new CallOptions()) with { SendBufferLimit = SendLimit, ReceiveBufferLimit = ReceiveLimit };

    public static IEnumerable<StreamCase> Smaller(StreamCase one) => [
        .. Properties.Shorter(one.Data).Take(20).Select(data => one with { Data = data }),
        .. Properties.Shorter(one.Writes).Where(sizes => sizes.Any(size => size > 0)).Select(sizes => one with { Writes = sizes }),
        .. Properties.Shorter(one.Reads).Where(sizes => sizes.Any(size => size > 0)).Select(sizes => one with { Reads = sizes }),
        .. one.SendLimit < 65_536 ? [one with { SendLimit = 65_536 }] : Array.Empty<StreamCase>(),
        .. one.ReceiveLimit < 65_536 ? [one with { ReceiveLimit = 65_536 }] : Array.Empty<StreamCase>()];

    /// <summary>The parts in which it is written.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Parts()
    {
        int at = 0;
        for (int i = 0; at < Data.Length; i++)
        {
            int size = Math.Min(Writes[i % Writes.Length], Data.Length - at);
            yield return Data.AsMemory(at, size);
            at += size;
        }
    }

    /// <summary>The sizes of the messages in which it is sent, without the mark: the parts, cut by chunk size and by the engine.</summary>
    public IReadOnlyList<int> Messages() =>
        [.. Parts().SelectMany(part => part.ToArray().Chunk(Math.Min(ChunkSize, MaxMessageSize)).Select(chunk => chunk.Length))];

    public override string ToString() =>
        $"{Data.Length} bytes, written in [{string.Join(' ', Writes)}], read in [{string.Join(' ', Reads)}], copies {Copies}, chunk {ChunkSize}, "
        + $"message {MaxMessageSize}, send {SendLimit}, receive {ReceiveLimit}, cut {Cut}, closing {CutLooksLikeAClosing}";

    private static int[] WithOneAbove0(List<int> sizes) => sizes.Exists(size => size > 0) ? [.. sizes] : [.. sizes, 1];
}
