using System.Text.Json.Nodes;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore.Tests.Hostile;

/// <summary>Clients that are sent much and read nothing.</summary>
public sealed class NeverReadsTests : HostileTests
{
    private const int LargePayload = 30_000;

    [TestCase(true)]
    [TestCase(false)]
    public async Task One_who_never_reads_loses_its_seat_and_its_partner_goes_on(bool hasSecret)
    {
        await StartAsync(options =>
        {
            options.ResumeTime = TimeSpan.FromSeconds(1);
            options.Rooms.MaxMessagesPerSecond = 10_000;
            options.Rooms.MessageBurst = 10_000;
        });
        await using RawClient alice = await RawClient.EnterAsync(Host.Endpoint);
        using HostileSocket bob = await DeafAsync(hasSecret);
        await alice.NextAsync("join");

        JsonObject left = await SendUntilLeftAsync(alice);

        // By the queue's bound, or, when the network between takes little and so nobody notices, by the heartbeat that is not answered.
        Assert.That((string?)left["reason"], Is.EqualTo("too-slow").Or.EqualTo("vanished"));
        await using RawClient carol = await RawClient.EnterAsync(Host.Endpoint);
        await alice.NextAsync("join");
        await alice.SayAsync("1");
        Assert.That((int)(await carol.NextAsync("message"))["payload"]!, Is.EqualTo(1));
    }

    [Test]
    public async Task What_waits_for_those_who_never_read_is_bounded()
    {
        const int Rooms = 20;
        await StartAsync(options =>
        {
            options.MaxQueuedBytes = 256 * 1024;
            options.HeartbeatTimeout = TimeSpan.FromMinutes(1); // so that the bound is what ends them
            options.Rooms.MaxMessagesPerSecond = 10_000;
            options.Rooms.MessageBurst = 10_000;
        });
        long before = GC.GetTotalMemory(forceFullCollection: true);
        List<IDisposable> deaf = [];
        for (int i = 0; i < Rooms; i++)
        {
            await using RawClient alice = await RawClient.EnterAsync(Host.Endpoint, $"room {i}");
            deaf.Add(await DeafAsync(hasSecret: true, $"room {i}"));
            await alice.NextAsync("join");
            JsonObject left = await SendUntilLeftAsync(alice);
            Assert.That((string?)left["reason"], Is.EqualTo("too-slow"));
        }

        long after = GC.GetTotalMemory(forceFullCollection: true);
        deaf.ForEach(socket => socket.Dispose());
        Assert.That(after - before, Is.LessThan(8 * 1024 * 1024), "20 of them, for each of which more than 256 KiB were sent");
        await AllGoneAsync();
    }

    [Test]
    public async Task One_who_closes_and_never_read_gives_its_seat_up_at_once()
    {
        await StartAsync(options =>
        {
            options.HeartbeatTimeout = TimeSpan.FromMinutes(1);
            options.CloseTimeout = TimeSpan.FromSeconds(0.5);
        });
        await using RawClient alice = await RawClient.EnterAsync(Host.Endpoint);
        using HostileSocket bob = await DeafAsync(hasSecret: true);
        await alice.NextAsync("join");
        for (int i = 0; i < 25; i++)
        {
            await alice.SayAsync($"\"{new string('x', LargePayload)}\"");
        }

        await bob.WriteAsync(new WireFrame([3, 233]) { Opcode = WireFrame.Close }.ToBytes());

        Assert.That((string?)(await alice.NextAsync("left"))["reason"], Is.EqualTo("vanished"));
        await bob.IsCutAsync();
    }

    private async Task<HostileSocket> DeafAsync(bool hasSecret, string room = "lobby")
    {
        HostileSocket socket = await HostileSocket.OpenAsync(Host.Endpoint, receiveBuffer: 4096);
        await socket.SayAsync(hasSecret
            ? $$"""{"type":"create or join","room":"{{room}}","secret":"{{SignalingProtocol.NewSecret()}}"}"""
            : $$"""{"type":"create or join","room":"{{room}}"}""");
        return socket;
    }

    private static async Task<JsonObject> SendUntilLeftAsync(RawClient alice)
    {
        string large = $"\"{new string('x', LargePayload)}\"";
        Task<JsonObject> next = alice.NextAsync();
        for (int sent = 0; sent < 2_000; sent++)
        {
            if (next.IsCompleted)
            {
                JsonObject news = await next;
                if ((string?)news["type"] == "left")
                    return news;
                Assert.That((string?)news["type"], Is.EqualTo("away"));
                next = alice.NextAsync();
            }

            await alice.SayAsync(large);
            await Task.Delay(TimeSpan.FromMilliseconds(12), TimeProvider.System); // slower than frames may come
        }

        throw new AssertionException("It kept its seat.");
    }
}
