using RoomCall.Conformance;
using RoomCall.Server;
using RoomCall.Signaling;

namespace RoomCall.InMemory.Tests;

/// <summary>Two in a room, each with a signaler of its own, in real or virtual time.</summary>
public sealed class RoomPair : IAsyncDisposable
{
    private RoomPair(RoomBroker broker, InMemorySignaler first, InMemorySignaler second) =>
        (Broker, FirstSignaler, SecondSignaler) = (broker, first, second);

    public RoomBroker Broker { get; }

    public InMemorySignaler FirstSignaler { get; }

    public InMemorySignaler SecondSignaler { get; }

    public RoomGuest First { get; private set; } = null!;

    public RoomGuest Second { get; private set; } = null!;

    public static async Task<RoomPair> MeetAsync(
        InMemorySignalerOptions? options = null,
        WatchedClock? clock = null,
        InMemorySignalerOptions? secondOptions = null)
    {
        RoomBroker broker = new(InMemorySignalingHost.Unlimited);
        RoomPair pair = new(broker, new InMemorySignaler(broker, options, clock), new InMemorySignaler(broker, secondOptions ?? options, clock));
        pair.First = await Until(clock, RoomGuest.EnterAsync(pair.FirstSignaler, "room"));
        pair.Second = await Until(clock, RoomGuest.EnterAsync(pair.SecondSignaler, "room"));
        await Until(clock, pair.First.NextAsync<RoomEvent.Join>());
        return pair;
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        Assert.That((Broker.MemberCount, Broker.RoomCount), Is.EqualTo((0, 0)));
        Assert.That((FirstSignaler.ConnectionCount, SecondSignaler.ConnectionCount), Is.EqualTo((0, 0)));
    }

    private static Task<T> Until<T>(WatchedClock? clock, Task<T> task) => clock?.UntilAsync(task) ?? task;
}
