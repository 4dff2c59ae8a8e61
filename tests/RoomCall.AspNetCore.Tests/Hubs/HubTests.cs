using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore.Tests;

/// <summary>The signaling server as a hub of SignalR.</summary>
public sealed class HubTests
{
    [Test]
    public async Task One_on_a_WebSocket_and_one_on_a_hub_meet_in_a_room()
    {
        await using RoomHost host = await StartAsync();
        await using RawClient alice = await RawClient.EnterAsync(host.Endpoint);
        await using HubClient bob = await HubClient.EnterAsync(host.Http);
        await alice.NextAsync("join");

        await bob.SayAsync("{\"a\" : [1.0, \"\\u0041\"]}");
        await alice.SayAsync("\"got user media\"", to: bob.Self);

        Assert.That(await alice.NextTextAsync(), Is.EqualTo($$$"""{"type":"message","from":"{{{bob.Self}}}","payload":{"a" : [1.0, "\u0041"]}}"""));
        Assert.That(await bob.NextTextAsync(), Is.EqualTo($$"""{"type":"message","from":"{{alice.Self}}","payload":"got user media"}"""));
    }

    [Test]
    public async Task Frames_keep_their_order_where_a_hub_runs_many_invocations_at_a_time()
    {
        await using RoomHost host = await StartAsync(hub: options => options.MaximumParallelInvocationsPerClient = 100, configure: options =>
        {
            options.MaxFramesPerSecond = options.FrameBurst = 10_000;
            options.Rooms.MaxMessagesPerSecond = options.Rooms.MessageBurst = 10_000;
        });
        await using HubClient alice = await HubClient.EnterAsync(host.Http);
        await using HubClient bob = await HubClient.EnterAsync(host.Http);
        await alice.NextAsync("join");

        for (int i = 0; i < 900; i++)
        {
            await alice.SayAsync($"{i}");
        }

        for (int i = 0; i < 900; i++)
        {
            Assert.That((int?)(await bob.NextAsync("message"))["payload"], Is.EqualTo(i));
        }
    }

    [Test]
    public async Task One_connection_carries_several_stays_beside_other_uses()
    {
        await using RoomHost host = await StartAsync<ChatHub>();
        await using HubConnection connection = await HubClient.StartAsync(host.Http);
        HubClient[] guests = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => HubClient.ConnectAsync(connection)));
        for (int i = 0; i < 4; i++)
        {
            await guests[i].JoinAsync($"room {i / 2}");
        }

        await guests[1].SayAsync("1");
        await guests[3].SayAsync("3");

        Assert.That(await connection.InvokeAsync<string>("Upper", "hello"), Is.EqualTo("HELLO"));
        await guests[0].NextAsync("join");
        await guests[2].NextAsync("join");
        Assert.That((int?)(await guests[0].NextAsync("message"))["payload"], Is.EqualTo(1));
        Assert.That((int?)(await guests[2].NextAsync("message"))["payload"], Is.EqualTo(3));
    }

    [Test]
    public async Task One_who_ends_its_stream_has_left()
    {
        await using RoomHost host = await StartAsync();
        await using RawClient alice = await RawClient.EnterAsync(host.Endpoint);
        await using HubClient bob = await HubClient.EnterAsync(host.Http, secret: SignalingProtocol.NewSecret());
        await alice.NextAsync("join");

        bob.Close();

        Assert.That((string?)(await alice.NextAsync("left"))["peer"], Is.EqualTo(bob.Self));
        Assert.That(await bob.NextTextAsync(), Is.Null, "the server ends its own stream then");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task One_whose_connection_or_stream_is_lost_is_away_and_comes_back_on_another(bool dropsStream)
    {
        await using RoomHost host = await StartAsync();
        await using RawClient alice = await RawClient.EnterAsync(host.Endpoint);
        HubClient bob = await HubClient.EnterAsync(host.Http, secret: SignalingProtocol.NewSecret());
        await alice.NextAsync("join");

        if (dropsStream)
            bob.Drop();
        else
            await bob.DisposeAsync();
        await alice.NextAsync("away");
        await alice.SayAsync("\"kept\"");
        await using HubClient again = await HubClient.ConnectAsync(host.Http);
        JsonObject resumed = await again.ResumeAsync("lobby", bob.Self, bob.Token!, bob.Received);

        Assert.That((string?)resumed["type"], Is.EqualTo("resumed"));
        Assert.That((string?)(await again.NextAsync("message"))["payload"], Is.EqualTo("kept"));
        await alice.NextAsync("back");
        if (dropsStream)
            await bob.DisposeAsync();
    }

    [Test]
    public async Task One_who_says_bye_is_told_so_and_the_connection_goes_on()
    {
        await using RoomHost host = await StartAsync<ChatHub>();
        await using HubConnection connection = await HubClient.StartAsync(host.Http);
        HubClient alice = await HubClient.ConnectAsync(connection);
        await alice.JoinAsync();

        await alice.SendAsync("""{"type":"bye"}""");

        Assert.That(await alice.EndAsync(), Is.EqualTo("left"));
        Assert.That(await connection.InvokeAsync<string>("Upper", "hello"), Is.EqualTo("HELLO"));
        Assert.That(host.Server.Broker.MemberCount, Is.Zero);
    }

    [Test]
    public async Task A_frame_that_is_too_large_is_refused_in_words_and_one_of_the_largest_size_is_taken()
    {
        await using RoomHost host = await StartAsync();
        await using HubClient alice = await HubClient.EnterAsync(host.Http);
        await using HubClient bob = await HubClient.EnterAsync(host.Http);
        await alice.NextAsync("join");

        // On the way each quote has a backslash before it, and an emoji of four bytes has twelve.
        await alice.SayAsync($"[{string.Join(',', Enumerable.Repeat("\"\"", 20_000))}]");
        await alice.SayAsync($"\"{string.Concat(Enumerable.Repeat("\U0001F600", 16_000))}\"");
        await alice.SayAsync($"\"{new string('x', 70_000)}\"");

        await bob.NextAsync("message");
        await bob.NextAsync("message");
        Assert.That((string?)(await alice.NextAsync("error"))["code"], Is.EqualTo("message-too-large"));
        Assert.That(await alice.EndAsync(), Is.EqualTo("too-large"));
    }

    [Test]
    public async Task What_is_no_frame_is_told_and_too_much_of_it_ends_the_stay()
    {
        await using RoomHost host = await StartAsync(options => options.MaxMalformedFrames = 2);
        await using HubClient alice = await HubClient.EnterAsync(host.Http);

        await alice.SendAsync("");
        await alice.SendAsync(null!);
        await alice.SendAsync("[]");

        Assert.That((string?)(await alice.NextAsync("error"))["code"], Is.EqualTo("malformed"));
        Assert.That((string?)(await alice.NextAsync("error"))["code"], Is.EqualTo("malformed"));
        Assert.That(await alice.EndAsync(), Is.EqualTo("malformed"));
    }

    [Test]
    public async Task An_item_that_is_no_text_loses_the_stream_but_not_the_seat()
    {
        await using RoomHost host = await StartAsync();
        await using RawClient alice = await RawClient.EnterAsync(host.Endpoint);
        await using HubConnection connection = await HubClient.StartAsync(host.Http);
        Channel<object> sent = Channel.CreateUnbounded<object>();
        string secret = SignalingProtocol.NewSecret();
        await sent.Writer.WriteAsync($$"""{"type":"create or join","room":"lobby","secret":"{{secret}}"}""");
        ChannelReader<string> received = await connection.StreamAsChannelAsync<string>(SignalingProtocol.SubProtocol, sent.Reader);
        string self = (string)(await alice.NextAsync("join"))["peer"]!;

        await sent.Writer.WriteAsync(42);

        Assert.That((string?)(await alice.NextAsync("away"))["peer"], Is.EqualTo(self));
        await foreach (string _ in received.ReadAllAsync())
        {
        }
    }

    [Test]
    public async Task A_client_that_does_not_end_its_stream_is_cut_after_a_while()
    {
        await using RoomHost host = await StartAsync(options => options.CloseTimeout = TimeSpan.FromSeconds(0.2));
        await using HubClient alice = await HubClient.EnterAsync(host.Http);

        await alice.SendAsync("""{"type":"bye"}""");

        Assert.That((string?)(await alice.NextAsync("end"))["code"], Is.EqualTo("left"));
        Assert.That(await alice.NextTextAsync(), Is.Null);
        Assert.That(host.Server.ConnectionCount, Is.Zero);
    }

    internal static Task<RoomHost> StartAsync(
        Action<RoomCallServerOptions>? configure = null, Action<HubOptions>? hub = null, Action<WebApplicationBuilder>? build = null) =>
        StartAsync<RoomCallHub>(configure, hub, build);

    internal static Task<RoomHost> StartAsync<THub>(
        Action<RoomCallServerOptions>? configure = null,
        Action<HubOptions>? hub = null,
        Action<WebApplicationBuilder>? build = null,
        Action<IEndpointConventionBuilder>? convention = null)
        where THub : RoomCallHub =>
        RoomHost.StartAsync(
            configure,
            builder =>
            {
                builder.Services.AddSignalR(options => hub?.Invoke(options));
                build?.Invoke(builder);
            },
            application =>
            {
                IEndpointConventionBuilder endpoint = application.MapRoomCallHub<THub>("/hub");
                convention?.Invoke(endpoint);
            });

    internal sealed class ChatHub : RoomCallHub
    {
        public string Upper(string text) => text.ToUpperInvariant();
    }
}
