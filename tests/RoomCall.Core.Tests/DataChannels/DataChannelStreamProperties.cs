using RoomCall.DataChannels;

namespace RoomCall.Tests.DataChannels;

internal sealed class DataChannelStreamProperties
{
    private const int Cases = 1_500;

    [Test]
    public void Any_bytes_arrive_whole_and_in_order_however_they_are_written_and_read() =>
        Properties.Hold(Cases, StreamCase.Any, StreamCase.Smaller, async one =>
        {
            (CallDataChannel left, CallDataChannel right, TransportPair pair) = TransportPair.Open(one.Limits, one.MaxMessageSize);
            Task writing = WriteAsync(one, left);
            MemoryStream read = new();
            await ReadAsync(one, right, read).Soon();
            await writing.Soon();

            if (!read.ToArray().AsSpan().SequenceEqual(one.Data))
                throw new AssertionException($"{read.Length} bytes came, and they are not those that were written.");
            if (pair.Left.LargestMessage > Math.Min(one.ChunkSize, one.MaxMessageSize))
                throw new AssertionException($"A message of {pair.Left.LargestMessage} bytes was sent.");
            if (pair.Left.Messages != one.Messages().Count + 1)
                throw new AssertionException($"{pair.Left.Messages} messages were sent.");
        });

    [Test]
    public void A_stream_that_is_cut_anywhere_gives_what_came_and_then_fails() =>
        Properties.Hold(Cases, StreamCase.Any, StreamCase.Smaller, async one =>
        {
            IReadOnlyList<int> messages = one.Messages();
            int arriving = one.Cut * (messages.Count + 1) / 1_000;
            byte[] expected = one.Data[..messages.Take(arriving).Sum()];
            (CallDataChannel left, CallDataChannel right, TransportPair pair) = TransportPair.Open(one.Limits, one.MaxMessageSize);
            pair.Left.CutAfter = arriving;
            pair.Left.CutError = one.CutLooksLikeAClosing ? null : new IOException("cut");

            Task writing = WriteAsync(one, left);
            MemoryStream read = new();
            IOException? failure = null;
            try
            {
                await ReadAsync(one, right, read).Soon();
            }
            catch (IOException exception)
            {
                failure = exception;
            }

            try
            {
                await writing.Soon();
            }
            catch (IOException)
            {
                // Whether the writer learns of the cut depends on how much was buffered; that it does not wait for ever does not.
            }

            if (failure?.InnerException is not RoomCallException)
                throw new AssertionException($"It counts as whole after {read.Length} of {one.Data.Length} bytes ({failure}).");
            if (!read.ToArray().AsSpan().SequenceEqual(expected))
                throw new AssertionException($"{expected.Length} bytes arrived, and {read.Length} were read.");
        });

    private static Task WriteAsync(StreamCase one, CallDataChannel channel) => Task.Run(async () =>
    {
        await using DataChannelStream stream = channel.AsStream(new() { ChunkSize = one.ChunkSize });
        foreach (ReadOnlyMemory<byte> part in one.Parts())
        {
            await stream.WriteAsync(part);
        }
    });

    private static async Task ReadAsync(StreamCase one, CallDataChannel channel, MemoryStream read)
    {
        await using DataChannelStream stream = channel.AsStream();
        if (one.Copies)
        {
            await stream.CopyToAsync(read);
            return;
        }

        byte[] buffer = new byte[one.Reads.Max()];
        for (int i = 0; ; i++)
        {
            int size = one.Reads[i % one.Reads.Length];
            int count = await stream.ReadAsync(buffer.AsMemory(0, size));
            if (count == 0 && size > 0)
            {
                return;
            }

            read.Write(buffer, 0, count);
        }
    }
}
