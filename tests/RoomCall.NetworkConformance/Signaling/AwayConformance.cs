using RoomCall.Conformance;
using RoomCall.Signaling;

namespace RoomCall.NetworkConformance;

/// <summary>What the one who stays is told of one whose network fails.</summary>
public abstract class AwayConformance
{
    /// <summary>Makes the network of the test.</summary>
    protected abstract Network CreateNetwork();

    [Test]
    public async Task One_whose_network_fails_is_away_and_then_back()
    {
        Network network = CreateNetwork();
        await using SignalingApp app = await network.StartAsync(configure: options => options.ResumeTime = TimeSpan.FromMinutes(1));
        await using ProxiedSignaler one = network.CreateSignaler(app.Port);
        await using ProxiedSignaler other = network.CreateSignaler(app.Port);
        await using IRoomConnection first = await one.ConnectAsync("room", CancellationToken.None);
        await using IAsyncEnumerator<RoomEvent> events = first.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();

        // A connection is up before it is in the room: the other could overtake it, and be the one who is told.
        await NextAsync<RoomEvent.Created>(events);
        await using IRoomConnection second = await other.ConnectAsync("room", CancellationToken.None);
        string peer = (await NextAsync<RoomEvent.Join>(events)).Peer;

        other.Proxy.Interrupt();
        RoomEvent.Away away = await NextAsync<RoomEvent.Away>(events);
        other.Proxy.Resume();
        RoomEvent.Back back = await NextAsync<RoomEvent.Back>(events);

        Assert.That((away.Peer, back.Peer), Is.EqualTo((peer, peer)));
    }

    private static async Task<T> NextAsync<T>(IAsyncEnumerator<RoomEvent> events)
        where T : RoomEvent
    {
        while (await events.MoveNextAsync().Soon())
        {
            if (events.Current is T next)
                return next;
        }

        throw new InvalidOperationException("The events ended.");
    }
}
