using RoomCall.Conformance;
using RoomCall.NetworkConformance;
using RoomCall.Signaling;

namespace RoomCall.WebSockets.Tests.Signaling;

/// <summary>What the one who stays is told of one whose network fails.</summary>
internal sealed class AwayTests
{
    [Test]
    public async Task One_whose_network_fails_is_away_and_then_back()
    {
        await using SignalingApp app = await SignalingApp.StartAsync(configure: options => options.ResumeTime = TimeSpan.FromMinutes(1));
        await using ProxiedSignaler one = new(app.Port);
        await using ProxiedSignaler other = new(app.Port);
        await using IRoomConnection first = await one.ConnectAsync("room", CancellationToken.None);
        await using IAsyncEnumerator<RoomEvent> events = first.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
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
