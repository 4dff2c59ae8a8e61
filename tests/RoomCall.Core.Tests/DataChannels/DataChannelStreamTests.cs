using System.Security.Cryptography;
using RoomCall.DataChannels;

namespace RoomCall.Tests.DataChannels;

internal sealed class DataChannelStreamTests
{
    private static readonly DataChannelLimits Limits = DataChannelLimits.From(new CallOptions());

    [Test]
    public async Task What_is_written_in_any_parts_is_read_in_any_parts()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            byte[] data = new byte[random.Next(200_000)];
            random.NextBytes(data);
            (CallDataChannel left, CallDataChannel right, TransportPair pair) = TransportPair.Open(
                Limits with { SendBufferLimit = random.Next(1, 50_000), ReceiveBufferLimit = random.Next(1, 50_000) },
                maxMessageSize: random.Next(1_000, 70_000));
            DataChannelStreamOptions options = new() { ChunkSize = random.Next(500, 65_536) };
            Task writing = Task.Run(async () =>
            {
                await using DataChannelStream stream = left.AsStream(options);
                for (int at = 0; at < data.Length;)
                {
                    int part = Math.Min(random.Next(0, 40_000), data.Length - at);
                    await stream.WriteAsync(data.AsMemory(at, part));
                    at += part;
                }
            });
            MemoryStream read = new();
            await using (DataChannelStream stream = right.AsStream())
            {
                Random sizes = new(seed);
                byte[] buffer = new byte[30_000];
                for (int count; (count = await stream.ReadAsync(buffer.AsMemory(0, sizes.Next(1, 30_000))).Soon()) > 0;)
                {
                    read.Write(buffer, 0, count);
                }
            }

            await writing.Soon();
            Assert.That(read.ToArray(), Is.EqualTo(data));
            Assert.That(pair.Left.LargestMessage, Is.LessThanOrEqualTo(Math.Min(options.ChunkSize, pair.Left.MaxMessageSize)));
        }
    }

    [Test]
    public async Task Fifty_megabytes_pass_within_bounded_memory_and_unchanged()
    {
        const int Total = 50 * 1024 * 1024;
        (CallDataChannel left, CallDataChannel right, _) = TransportPair.Open(Limits);
        using IncrementalHash sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using IncrementalHash got = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long most = 0;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Task writing = Task.Run(async () =>
        {
            await using DataChannelStream stream = left.AsStream();
            byte[] block = new byte[64 * 1024];
            Random random = new(1);
            for (int at = 0; at < Total; at += block.Length)
            {
                random.NextBytes(block);
                sent.AppendData(block);
                await stream.WriteAsync(block);
                most = Math.Max(most, left.BufferedAmount);
            }
        });
        await using DataChannelStream reading = right.AsStream();
        byte[] buffer = new byte[100_000];
        long read = 0;
        long largest = 0;
        for (int count; (count = await reading.ReadAsync(buffer)) > 0; read += count)
        {
            got.AppendData(buffer, 0, count);
            if (read / (8 * 1024 * 1024) != (read + count) / (8 * 1024 * 1024))
            {
                largest = Math.Max(largest, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        await writing.Soon();
        Assert.That(read, Is.EqualTo(Total));
        Assert.That(got.GetHashAndReset(), Is.EqualTo(sent.GetHashAndReset()));
        Assert.That(most, Is.LessThanOrEqualTo(Limits.SendBufferLimit + (64 * 1024)));
        Assert.That(largest, Is.LessThan(8 * 1024 * 1024), "live memory while it flows");
    }

    [Test]
    public async Task An_empty_stream_is_whole()
    {
        (CallDataChannel left, CallDataChannel right, _) = TransportPair.Open(Limits);
        await using DataChannelStream reading = right.AsStream();
        await left.AsStream().DisposeAsync().Soon();

        Assert.That(await reading.ReadAsync(new byte[1]).Soon(), Is.Zero);
        Assert.That(await reading.ReadAsync(new byte[1]).Soon(), Is.Zero);
    }

    [Test]
    public async Task Both_directions_flow_and_end_by_themselves()
    {
        (CallDataChannel left, CallDataChannel right, _) = TransportPair.Open(Limits);
        await using DataChannelStream asking = left.AsStream();
        Task answering = Task.Run(async () =>
        {
            await using DataChannelStream stream = right.AsStream();
            MemoryStream question = new();
            await stream.CopyToAsync(question);
            await stream.WriteAsync(question.ToArray().AsEnumerable().Reverse().ToArray());
        });
        await asking.WriteAsync(new byte[] { 1, 2, 3 }).Soon();
        await asking.CompleteWritesAsync().Soon();
        Assert.That(asking.CanWrite, Is.False);
        Assert.That(async () => await asking.WriteAsync(new byte[1]), Throws.InvalidOperationException);
        MemoryStream answer = new();
        await asking.CopyToAsync(answer).Soon();
        await answering.Soon();

        Assert.That(answer.ToArray(), Is.EqualTo(new byte[] { 3, 2, 1 }));
    }

    [Test]
    public async Task A_stream_that_is_aborted_or_whose_channel_closes_reads_as_cut_off()
    {
        (CallDataChannel left, CallDataChannel right, _) = TransportPair.Open(Limits);
        DataChannelStream writing = left.AsStream();
        await writing.WriteAsync(new byte[1000]).Soon();
        writing.Abort();
        await using DataChannelStream reading = right.AsStream();

        IOException failure = (await Assert.ThrowsAsync<IOException>(async () => await reading.CopyToAsync(Stream.Null).Soon()))!;
        Assert.That(failure.Message, Does.Contain("cut off after 1000 bytes"));
        Assert.That(((RoomCallException)failure.InnerException!).Code, Is.EqualTo(RoomCallErrorCode.DataChannelClosed));
        Assert.That(async () => await reading.ReadAsync(new byte[1]), Throws.InstanceOf<IOException>());
        await writing.DisposeAsync().Soon();
    }

    [Test]
    public async Task A_stream_whose_write_was_cancelled_is_not_marked_whole()
    {
        (CallDataChannel left, CallDataChannel right, TransportPair pair) = TransportPair.Open(
            Limits with { SendBufferLimit = 1000, ReceiveBufferLimit = 1000 });
        DataChannelStream writing = left.AsStream(new() { ChunkSize = 500 });
        using CancellationTokenSource cancel = new();
        Task write = writing.WriteAsync(new byte[100_000], cancel.Token).AsTask();
        await cancel.CancelAsync();
        Assert.That(async () => await write.Soon(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await writing.WriteAsync(new byte[1]).Soon(), Throws.InstanceOf<IOException>());
        Assert.That(async () => await writing.CompleteWritesAsync().Soon(), Throws.InstanceOf<IOException>());
        Task disposing = writing.DisposeAsync().AsTask();
        await using DataChannelStream reading = right.AsStream();

        Assert.That(async () => await reading.CopyToAsync(Stream.Null).Soon(), Throws.InstanceOf<IOException>());
        await disposing.Soon();
        Assert.That(pair.Left.Messages, Is.LessThan(200));
    }

    [Test]
    public async Task A_write_to_a_lost_channel_is_an_IOException_and_disposing_then_is_quiet()
    {
        (CallDataChannel left, _, TransportPair pair) = TransportPair.Open(Limits);
        DataChannelStream writing = left.AsStream();
        await writing.WriteAsync(new byte[10]).Soon();
        pair.Left.End(new IOException("gone"));

        IOException failure = (await Assert.ThrowsAsync<IOException>(async () => await writing.WriteAsync(new byte[1]).Soon()))!;
        Assert.That(failure.InnerException, Is.InstanceOf<RoomCallException>());
        await writing.DisposeAsync().Soon();
    }

    [Test]
    public async Task Disposing_tells_when_the_end_of_what_was_written_could_not_be_marked()
    {
        (CallDataChannel left, _, TransportPair pair) = TransportPair.Open(Limits);
        DataChannelStream writing = left.AsStream();
        await writing.WriteAsync(new byte[10]).Soon();
        pair.Left.End(new IOException("gone"));

        Assert.That(async () => await writing.DisposeAsync().Soon(), Throws.InstanceOf<IOException>());
    }

    [TestCase("""{"type":"end","length":4}""", "counted 4")]
    [TestCase("""{"type":"end","length":6}""", "counted 6")]
    [TestCase("""{"type":"end","length":-1}""", "does not belong")]
    [TestCase("""{"type":"end","length":1e99}""", "does not belong")]
    [TestCase("""{"type":"end"}""", "does not belong")]
    [TestCase("""{"type":3,"length":5}""", "does not belong")]
    [TestCase("""{"type":"\ud800","length":5}""", "does not belong")]
    [TestCase("[]", "does not belong")]
    [TestCase("hello", "does not belong")]
    [TestCase("", "does not belong")]
    public async Task A_wrong_mark_or_another_text_is_an_IOException(string text, string says)
    {
        (CallDataChannel left, CallDataChannel right, _) = TransportPair.Open(Limits);
        await left.SendAsync(new byte[5]).Soon();
        await left.SendAsync(text).Soon();
        await using DataChannelStream reading = right.AsStream();

        IOException failure = (await Assert.ThrowsAsync<IOException>(async () => await reading.CopyToAsync(Stream.Null).Soon()))!;
        Assert.That(failure.Message, Does.Contain("after 5 bytes").And.Contain(says));
        Assert.That(((RoomCallException)failure.InnerException!).Code, Is.EqualTo(RoomCallErrorCode.Malformed));
    }

    [Test]
    public async Task A_peer_that_uses_no_stream_can_write_one_by_hand()
    {
        (CallDataChannel left, CallDataChannel right, _) = TransportPair.Open(Limits);
        await left.SendAsync(new byte[] { 1, 2 }).Soon();
        await left.SendAsync(ReadOnlyMemory<byte>.Empty).Soon();
        await left.SendAsync(new byte[] { 3 }).Soon();
        await left.SendAsync("""{ "length": 3, "name": "x.bin", "type": "end" }""").Soon();
        await using DataChannelStream reading = right.AsStream();
        byte[] read = new byte[3];
        await reading.ReadExactlyAsync(read).Soon();

        Assert.That(read, Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(await reading.ReadAsync(read).Soon(), Is.Zero);
    }

    [Test]
    public async Task Progress_is_the_total_after_each_chunk_and_each_read()
    {
        (CallDataChannel left, CallDataChannel right, _) = TransportPair.Open(Limits);
        Progress written = new();
        Progress read = new();
        Task writing = Task.Run(async () =>
        {
            await using DataChannelStream stream = left.AsStream(new() { ChunkSize = 4, Written = written });
            await stream.WriteAsync(new byte[10]);
        });
        await using DataChannelStream reading = right.AsStream(new() { Read = read });
        await reading.CopyToAsync(Stream.Null).Soon();
        await reading.DisposeAsync().Soon();
        await writing.Soon();

        Assert.That(written.Totals, Is.EqualTo([4L, 8, 10]));
        Assert.That(read.Totals, Is.EqualTo([4L, 8, 10]));
    }

    [Test]
    public async Task Writing_waits_for_the_channel_to_open()
    {
        CallDataChannel channel = new("x", DataChannelOptions.Reliable, Limits, new RecordingLogger());
        FakeTransport transport = new();
        DataChannelStream stream = channel.AsStream();
        Task writing = stream.WriteAsync(new byte[5_000_000]).AsTask();
        Assert.That(writing.IsCompleted, Is.False);
        channel.Attach(transport);
        transport.Sending = _ => transport.Drain();
        transport.Open();

        await writing.Soon();
    }

    [Test]
    public async Task The_synchronous_members_work_by_blocking()
    {
        (CallDataChannel left, CallDataChannel right, _) = TransportPair.Open(Limits);
        Task writing = Task.Run(() =>
        {
            using DataChannelStream stream = left.AsStream();
            stream.Write([1, 2, 3]);
            stream.WriteByte(4);
            stream.Flush();
        });
        MemoryStream read = new();
        using (DataChannelStream stream = right.AsStream())
        {
            stream.CopyTo(read);
        }

        await writing.Soon();
        Assert.That(read.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
    }

    [Test]
    public async Task A_read_that_is_cancelled_loses_no_byte()
    {
        (CallDataChannel left, CallDataChannel right, _) = TransportPair.Open(Limits);
        await using DataChannelStream reading = right.AsStream();
        using CancellationTokenSource cancel = new();
        Task<int> cancelled = reading.ReadAsync(new byte[1], cancel.Token).AsTask();
        await cancel.CancelAsync();
        Assert.That(async () => await cancelled.Soon(), Throws.InstanceOf<OperationCanceledException>());
        await left.SendAsync(new byte[] { 7 }).Soon();
        byte[] read = new byte[1];

        Assert.That(await reading.ReadAsync(read).Soon(), Is.EqualTo(1));
        Assert.That(read[0], Is.EqualTo(7));
    }

    [Test]
    public async Task It_says_what_it_can_do()
    {
        (CallDataChannel left, _, _) = TransportPair.Open(Limits);
        DataChannelStream stream = left.AsStream();
        Assert.That((stream.CanRead, stream.CanWrite, stream.CanSeek), Is.EqualTo((true, true, false)));
        Assert.That(() => stream.Length, Throws.InstanceOf<NotSupportedException>());
        Assert.That(() => stream.Position, Throws.InstanceOf<NotSupportedException>());
        Assert.That(() => stream.Seek(0, SeekOrigin.Begin), Throws.InstanceOf<NotSupportedException>());
        await stream.DisposeAsync().Soon();
        await stream.DisposeAsync().Soon();

        Assert.That((stream.CanRead, stream.CanWrite), Is.EqualTo((false, false)));
        Assert.That(async () => await stream.ReadAsync(new byte[1]), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(async () => await stream.WriteAsync(new byte[1]), Throws.InstanceOf<ObjectDisposedException>());
    }

    [TestCase(0)]
    [TestCase(65_537)]
    public void A_chunk_size_out_of_range_is_refused(int size)
    {
        Assert.That(() => new DataChannelStreamOptions { ChunkSize = size }, Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private sealed class Progress : IProgress<long>
    {
        public List<long> Totals { get; } = [];

        public void Report(long value) => Totals.Add(value);
    }
}
