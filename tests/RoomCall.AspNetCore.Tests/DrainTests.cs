using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore.Tests;

/// <summary>The application stops while clients are connected.</summary>
public sealed class DrainTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task What_was_sent_arrives_and_then_the_client_is_told_to_come_back()
    {
        await using RoomHost host = await RoomHost.StartAsync();
        await using RawClient alice = await RawClient.EnterAsync(host.Endpoint);
        await using RawClient bob = await RawClient.EnterAsync(host.Endpoint);
        await alice.NextAsync("join");
        await alice.SayNumbersAsync(100);

        Task stopping = host.StopAsync();
        (List<int> numbers, JsonObject frame) = await bob.NextNumbersAsync();

        Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, 100)));
        Assert.That(((string?)frame["type"], (string?)frame["code"]), Is.EqualTo(("end", "restarting")));
        Assert.That(await bob.NextTextAsync(), Is.Null);
        Assert.That(((int?)bob.Socket.CloseStatus, bob.Socket.CloseStatusDescription), Is.EqualTo((1012, "restarting")));
        Assert.That(await alice.EndAsync(), Is.EqualTo("restarting"));
        await CloseAsync(alice);
        await CloseAsync(bob);
        await stopping.WaitAsync(Patience);
    }

    [Test]
    public async Task A_client_is_told_how_much_of_what_it_sent_was_taken()
    {
        await using RoomHost host = await RoomHost.StartAsync();
        await using RawClient alice = await RawClient.EnterAsync(host.Endpoint, secret: SignalingProtocol.NewSecret());
        for (int i = 0; i < 7; i++)
        {
            await alice.SayAsync("0");
        }

        await alice.SendAsync("""{"type":"ping"}""");
        await alice.NextAsync("pong");

        Task stopping = host.StopAsync();

        Assert.That(await alice.NextTextAsync(), Is.EqualTo("""{"type":"ack","received":7}"""));
        Assert.That(await alice.EndAsync(), Is.EqualTo("restarting"));
        await CloseAsync(alice);
        await stopping.WaitAsync(Patience);
    }

    [Test]
    public async Task The_partner_is_told_of_no_one_who_left()
    {
        await using RoomHost host = await RoomHost.StartAsync();
        await using RawClient alice = await RawClient.EnterAsync(host.Endpoint);
        await using RawClient bob = await RawClient.EnterAsync(host.Endpoint);
        await alice.NextAsync("join");

        Task stopping = host.StopAsync();
        Assert.That(await bob.EndAsync(), Is.EqualTo("restarting"));
        await CloseAsync(bob);

        Assert.That((string?)(await alice.NextAsync())["type"], Is.EqualTo("end"));
        await CloseAsync(alice);
        await stopping.WaitAsync(Patience);
    }

    [Test]
    public async Task An_application_with_a_hundred_clients_waits_for_no_time_limit()
    {
        await using RoomHost host = await RoomHost.StartAsync(
            options => options.CloseTimeout = TimeSpan.FromMinutes(1),
            builder => builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan));
        RawClient[] clients = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => RawClient.EnterAsync(host.Endpoint, $"room {i / 2}")));

        Task stopping = host.StopAsync();
        string?[] ends = await Task.WhenAll(clients.Select(EndAsync));
        await stopping.WaitAsync(Patience);

        Assert.That(ends, Is.All.EqualTo("restarting"));

        static async Task<string?> EndAsync(RawClient client)
        {
            string? code = await client.EndAsync();
            await CloseAsync(client);
            return code;
        }
    }

    [Test]
    public async Task A_client_that_does_not_close_is_cut_after_a_while()
    {
        await using RoomHost host = await RoomHost.StartAsync(
            options => options.CloseTimeout = TimeSpan.FromSeconds(0.2),
            builder => builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan));
        await using RawClient alice = await RawClient.EnterAsync(host.Endpoint);

        await host.StopAsync().WaitAsync(Patience);

        Assert.That(host.Server.ConnectionCount, Is.Zero);
    }

    [Test]
    public async Task One_who_asks_for_a_room_of_a_server_that_stops_is_told_to_come_back()
    {
        await using RoomHost host = await RoomHost.StartAsync();
        await host.Server.StopAsync();
        await using RawClient alice = await RawClient.ConnectAsync(host.Endpoint);

        Assert.That(await alice.EndAsync(), Is.EqualTo("restarting"));
    }

    private static Task CloseAsync(RawClient client) =>
        client.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
}
