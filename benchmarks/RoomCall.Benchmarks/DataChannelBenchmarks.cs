using BenchmarkDotNet.Attributes;
using RoomCall.DataChannels;
using RoomCall.InMemory;

namespace RoomCall.Benchmarks;

/// <summary>A message of 1 KB through the in-memory channel, there and back. The baseline sends it through two channels of
/// System.Threading.Channels, copied as often.</summary>
public class DataChannelBenchmarks
{
    private const int Size = 1024;

    private readonly byte[] _data = new byte[Size];
    private readonly System.Threading.Channels.Channel<byte[]> _there = System.Threading.Channels.Channel.CreateUnbounded<byte[]>();
    private readonly System.Threading.Channels.Channel<byte[]> _back = System.Threading.Channels.Channel.CreateUnbounded<byte[]>();
    private ICallSession _alice = null!;
    private ICallSession _bob = null!;
    private IAsyncEnumerator<DataMessage> _aliceReads = null!;

    [GlobalSetup]
    public async Task Prepare()
    {
        CallClient client = new InMemoryWorld().CreateClient();
        _alice = await client.JoinAsync("lobby");
        _bob = await client.JoinAsync("lobby");
        await Task.WhenAll(_alice.WhenDataChannelOpenAsync(), _bob.WhenDataChannelOpenAsync());
        _aliceReads = _alice.DataChannel.ReadAllAsync().GetAsyncEnumerator();
        _ = EchoAsync(_bob.DataChannel);
        _ = EchoAsync(_there.Reader, _back.Writer);
    }

    [GlobalCleanup]
    public async Task CleanUp()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
    }

    [Benchmark(Baseline = true, Description = "Channel: 1 KB there and back, System.Threading.Channels")]
    public async Task<byte[]> Channels()
    {
        await _there.Writer.WriteAsync(_data.ToArray());
        return await _back.Reader.ReadAsync();
    }

    [Benchmark(Description = "Channel: 1 KB there and back, data channel")]
    public async Task<int> DataChannel()
    {
        await _alice.DataChannel.SendAsync(_data);
        await _aliceReads.MoveNextAsync();
        return _aliceReads.Current.Size;
    }

    private static async Task EchoAsync(IDataChannel channel)
    {
        await foreach (DataMessage message in channel.ReadAllAsync())
        {
            await channel.SendAsync(message.Data);
        }
    }

    private static async Task EchoAsync(System.Threading.Channels.ChannelReader<byte[]> from, System.Threading.Channels.ChannelWriter<byte[]> to)
    {
        await foreach (byte[] data in from.ReadAllAsync())
        {
            await to.WriteAsync(data.ToArray());
        }
    }
}
