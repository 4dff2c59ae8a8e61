using RoomCall.Conformance;
using RoomCall.NetworkConformance;
using RoomCall.Signaling;

namespace RoomCall.WebSockets.Tests;

/// <summary>Requests that the server has taken, and whose client does not know it.</summary>
internal sealed class AskAheadTests
{
    private readonly WebSocketNetwork _network = new();

    [Test]
    public async Task One_whose_connection_again_is_lost_before_it_is_up_loses_nothing()
    {
        await using SignalingApp app = await _network.StartAsync(configure: options => options.ResumeTime = TimeSpan.FromMinutes(1));
        await using ProxiedSignaler one = _network.CreateSignaler(app.Port);
        await using ProxiedSignaler other = _network.CreateSignaler(app.Port);
        await using RoomGuest alice = await RoomGuest.EnterAsync(one, "room");
        await using RoomGuest bob = await RoomGuest.EnterAsync(other, "room");
        await alice.NextAsync<RoomEvent.Join>();

        for (int round = 0; round < 5; round++)
        {
            other.Proxy.LoseNextAnswer();
            other.Proxy.Cut();
            await alice.SendAsync($"to Bob {round}");
            await bob.SendAsync($"to Alice {round}");

            Assert.That(await alice.NextTextAsync(), Is.EqualTo($"to Alice {round}"));
            await bob.NextAsync<RoomEvent.Interrupted>();
            await bob.NextAsync<RoomEvent.Resumed>();
            Assert.That(await bob.NextTextAsync(), Is.EqualTo($"to Bob {round}"));
            Assert.That(other.Proxy.TryLoseAnswer(), Is.False, "one was lost");
        }
    }

    [Test]
    public async Task One_who_gives_up_connecting_leaves_a_place_for_the_next_attempt()
    {
        await using SignalingApp app = await _network.StartAsync(configure: options => options.ResumeTime = TimeSpan.FromMinutes(1));
        await using ProxiedSignaler one = _network.CreateSignaler(app.Port);
        await using ProxiedSignaler other = _network.CreateSignaler(app.Port);
        await using IRoomConnection alice = await one.ConnectAsync("room", CancellationToken.None);
        await using IAsyncEnumerator<RoomEvent> events = alice.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
        await NextAsync<RoomEvent.Created>(events);
        other.Proxy.Delay = TimeSpan.FromSeconds(1);
        using CancellationTokenSource cancellation = new();

        // The server has the request when it tells Alice, and Bob not its answer.
        Task connecting = other.ConnectAsync("room", cancellation.Token).AsTask();
        await NextAsync<RoomEvent.Join>(events);
        await cancellation.CancelAsync();

        Assert.That(async () => await connecting.Soon(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await NextAsync<RoomEvent.Left>(events)).Reason, Is.EqualTo(PeerLeftReason.Vanished));
        await using RoomGuest bob = await RoomGuest.EnterAsync(other, "room");
        Assert.That(bob.Answer, Is.InstanceOf<RoomEvent.Joined>());
    }

    /// <summary>The next event but for the server's log, which is of this kind: nobody is away in between.</summary>
    private static async Task<T> NextAsync<T>(IAsyncEnumerator<RoomEvent> events)
        where T : RoomEvent
    {
        do
        {
            Assert.That(await events.MoveNextAsync().Soon(), Is.True);
        }
        while (events.Current is RoomEvent.Log);

        Assert.That(events.Current, Is.InstanceOf<T>());
        return (T)events.Current;
    }
}
