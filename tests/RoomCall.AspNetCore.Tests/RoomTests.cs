using System.Text.Json.Nodes;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore.Tests;

/// <summary>A stay from its beginning to its end, as docs/protocol.md tells it.</summary>
public sealed class RoomTests
{
    private RoomHost _host = null!;

    [SetUp]
    public async Task Start() => _host = await RoomHost.StartAsync();

    [TearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task Two_meet_in_a_room_and_say_something_to_each_other() // S1, S3, S4, S6 to S8
    {
        await using RawClient alice = await RawClient.ConnectAsync(_host.Endpoint);
        JsonObject created = await alice.JoinAsync("lobby");
        await using RawClient bob = await RawClient.ConnectAsync(_host.Endpoint);
        JsonObject joined = await bob.JoinAsync("lobby");

        Assert.That((string?)created["type"], Is.EqualTo("created"));
        Assert.That((string?)joined["type"], Is.EqualTo("joined"));
        Assert.That((string?)joined["initiator"], Is.EqualTo(alice.Self));
        Assert.That((string?)(await alice.NextAsync("join"))["peer"], Is.EqualTo(bob.Self));

        await bob.SayAsync("\"got user media\"", to: alice.Self);
        Assert.That(await alice.NextTextAsync(), Is.EqualTo($$"""{"type":"message","from":"{{bob.Self}}","payload":"got user media"}"""));
        await alice.SayAsync("{\"a\" : [1.0, \"\\u0041\"]}");
        Assert.That(await bob.NextTextAsync(), Is.EqualTo($$$"""{"type":"message","from":"{{{alice.Self}}}","payload":{"a" : [1.0, "\u0041"]}}"""));
    }

    [Test]
    public async Task The_server_speaks_the_version_that_the_client_names()
    {
        await using RawClient client = await RawClient.ConnectAsync(_host.Endpoint);

        Assert.That(client.Socket.SubProtocol, Is.EqualTo(SignalingProtocol.SubProtocol));
    }

    [Test]
    public async Task One_who_says_bye_has_left_and_is_told_so()
    {
        await using RawClient alice = await RawClient.EnterAsync(_host.Endpoint);
        await using RawClient bob = await RawClient.EnterAsync(_host.Endpoint);
        await alice.NextAsync("join");

        await bob.SendAsync("""{"type":"bye"}""");

        Assert.That(await bob.EndAsync(), Is.EqualTo("left"));
        JsonObject left = await alice.NextAsync("left");
        Assert.That(((string?)left["peer"], (string?)left["reason"]), Is.EqualTo((bob.Self, "left")));
    }

    [Test]
    public async Task The_third_finds_the_room_full_and_its_connection_ends()
    {
        await using RawClient alice = await RawClient.EnterAsync(_host.Endpoint);
        await using RawClient bob = await RawClient.EnterAsync(_host.Endpoint);
        await using RawClient carol = await RawClient.ConnectAsync(_host.Endpoint);

        JsonObject answer = await carol.JoinAsync();

        Assert.That((string?)answer["type"], Is.EqualTo("full"));
        Assert.That(await carol.EndAsync(), Is.EqualTo("refused"));
    }

    [Test]
    public async Task What_one_parks_is_handed_to_the_next()
    {
        await using RawClient alice = await RawClient.EnterAsync(_host.Endpoint);
        await alice.SendAsync("""{"type":"park","generation":1,"payload":{"type":"offer","sdp":"v=0","generation":1}}""");
        await alice.SendAsync("""{"type":"ping"}""");
        Assert.That(await alice.NextTextAsync(), Is.EqualTo("""{"type":"pong"}"""));

        await using RawClient bob = await RawClient.EnterAsync(_host.Endpoint);

        Assert.That(await bob.NextTextAsync(), Is.EqualTo($$$"""{"type":"message","from":"{{{alice.Self}}}","payload":{"type":"offer","sdp":"v=0","generation":1}}"""));
        Assert.That((int?)(await alice.NextAsync("join"))["parked"], Is.EqualTo(1));
    }

    [Test]
    public async Task A_frame_in_many_pieces_is_one_frame()
    {
        await using RawClient alice = await RawClient.EnterAsync(_host.Endpoint);
        await using RawClient bob = await RawClient.EnterAsync(_host.Endpoint);
        await alice.NextAsync("join");
        string frame = $$"""{"type":"message","payload":"{{new string('x', 20_000)}}"}""";

        foreach (char[] piece in frame.Chunk(777))
        {
            await bob.SendAsync(System.Text.Encoding.UTF8.GetBytes(piece), end: false);
        }

        await bob.SendAsync([], end: true);

        Assert.That(((string?)(await alice.NextAsync("message"))["payload"])!, Has.Length.EqualTo(20_000));
    }

    [Test]
    public async Task Names_are_told()
    {
        await using RawClient alice = await RawClient.EnterAsync(_host.Endpoint, name: "Alice");
        await using RawClient bob = await RawClient.ConnectAsync(_host.Endpoint);
        JsonObject joined = await bob.JoinAsync(name: "Bob");

        Assert.That((string?)joined["names"]![alice.Self], Is.EqualTo("Alice"));
        Assert.That((string?)(await alice.NextAsync("join"))["name"], Is.EqualTo("Bob"));
    }

    [Test]
    public async Task A_client_whose_connection_closes_is_gone_at_once()
    {
        await using RawClient alice = await RawClient.EnterAsync(_host.Endpoint);
        RawClient bob = await RawClient.EnterAsync(_host.Endpoint, secret: SignalingProtocol.NewSecret());
        await alice.NextAsync("join");

        await bob.Socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.EndpointUnavailable, null, CancellationToken.None);

        Assert.That((string?)(await alice.NextAsync("left"))["reason"], Is.EqualTo("vanished"));
        await bob.DisposeAsync();
    }
}
