using BenchmarkDotNet.Attributes;
using RoomCall.InMemory;

namespace RoomCall.Benchmarks;

/// <summary>A whole call, from joining to the data channel open on both sides, and its end. The baseline brings the same two peer
/// connections up by hand: no room, no signaling, no session.</summary>
public class CallBenchmarks
{
    private readonly InMemoryPeerConnectionFactory _engine = new(new InMemoryNetwork());
    private readonly CallClient _client = new InMemoryWorld().CreateClient();
    private int _lastRoom;

    [Benchmark(Baseline = true, Description = "Call: two peer connections by hand")]
    public async Task ByHand()
    {
        await using HandMadeCall call = await HandMadeCall.BringUpAsync(_engine);
    }

    [Benchmark(Description = "Call: join to open, and hang up")]
    public async Task WholeCall()
    {
        string room = $"room-{++_lastRoom}";
        await using ICallSession alice = await _client.JoinAsync(room);
        await using ICallSession bob = await _client.JoinAsync(room);
        await Task.WhenAll(alice.WhenDataChannelOpenAsync(), bob.WhenDataChannelOpenAsync());
    }
}
