using System.Text.Json.Nodes;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore.Tests;

/// <summary>Seats that are taken again after a lost connection.</summary>
public sealed class ResumeTests
{
    private readonly string _secret = SignalingProtocol.NewSecret();
    private RoomHost _host = null!;

    [SetUp]
    public async Task Start() => _host = await RoomHost.StartAsync();

    [TearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task What_was_sent_meanwhile_arrives_in_order_and_once()
    {
        (RawClient alice, RawClient bob) = await MeetAsync();
        await alice.SayAsync("1");
        Assert.That(await PayloadsAsync(bob, 1), Is.EqualTo(new[] { "1" }));
        bob.Vanish();
        await alice.NextAsync("away");
        await alice.SayAsync("2");
        await alice.SayAsync("3");

        await using RawClient again = await RawClient.ConnectAsync(_host.Endpoint);
        JsonObject resumed = await again.ResumeAsync("lobby", bob.Self, bob.Token!, bob.Received);

        Assert.That(((string?)resumed["type"], (long?)resumed["received"]), Is.EqualTo(("resumed", 0L)));
        Assert.That(await PayloadsAsync(again, 2), Is.EqualTo(new[] { "2", "3" }));
        await alice.NextAsync("back");
        await again.SayAsync("4");
        Assert.That(await PayloadsAsync(alice, 1), Is.EqualTo(new[] { "4" }));
        await alice.DisposeAsync();
    }

    [Test]
    public async Task A_token_that_was_used_is_refused_once_its_connection_has_spoken()
    {
        (RawClient alice, RawClient bob) = await MeetAsync();
        string stolen = bob.Token!;
        bob.Vanish();
        await alice.NextAsync("away");
        await using RawClient again = await RawClient.ConnectAsync(_host.Endpoint);
        await again.ResumeAsync("lobby", bob.Self, stolen, bob.Received);
        await again.SayAsync("1");
        await alice.NextAsync("back");
        await alice.NextAsync("message");

        await using RawClient thief = await RawClient.ConnectAsync(_host.Endpoint);
        JsonObject answer = await thief.ResumeAsync("lobby", bob.Self, stolen, bob.Received);

        Assert.That((string?)answer["code"], Is.EqualTo("unknown-stay"));
        Assert.That(await thief.EndAsync(), Is.EqualTo("refused"));
        await again.SayAsync("2");
        Assert.That(await PayloadsAsync(alice, 1), Is.EqualTo(new[] { "2" }), "the stay goes on");
        await alice.DisposeAsync();
    }

    [Test]
    public async Task A_client_that_never_heard_resumed_may_show_its_token_again()
    {
        (RawClient alice, RawClient bob) = await MeetAsync();
        bob.Vanish();
        await alice.NextAsync("away");
        RawClient second = await RawClient.ConnectAsync(_host.Endpoint);
        await second.SendAsync($$"""{"type":"resume","room":"lobby","self":"{{bob.Self}}","token":"{{bob.Token}}","received":{{bob.Received}}}""");
        await alice.NextAsync("back");
        second.Vanish();
        await alice.NextAsync("away");

        await using RawClient third = await RawClient.ConnectAsync(_host.Endpoint);
        JsonObject resumed = await third.ResumeAsync("lobby", bob.Self, bob.Token!, bob.Received);

        Assert.That((string?)resumed["type"], Is.EqualTo("resumed"));
        await alice.DisposeAsync();
    }

    [Test]
    public async Task A_client_that_never_heard_created_asks_again_with_its_secret_and_has_the_same_seat()
    {
        RawClient first = await RawClient.ConnectAsync(_host.Endpoint);
        JsonObject created = await first.JoinAsync("lobby", _secret);
        await using RawClient alice = await RawClient.EnterAsync(_host.Endpoint);

        await using RawClient second = await RawClient.ConnectAsync(_host.Endpoint);
        JsonObject again = await second.JoinAsync("lobby", _secret);

        Assert.That(again.ToJsonString(), Is.EqualTo(created.ToJsonString()));
        Assert.That(second.Self, Is.EqualTo(SignalingProtocol.PeerIdOf("lobby", _secret)));
        Assert.That((string?)(await second.NextAsync("join"))["peer"], Is.EqualTo(alice.Self));
        await first.DisposeAsync();
    }

    [Test]
    public async Task The_secret_of_a_stay_that_is_up_opens_no_second_one()
    {
        (RawClient alice, RawClient bob) = await MeetAsync();
        await bob.SayAsync("1");
        await alice.NextAsync("message");

        await using RawClient other = await RawClient.ConnectAsync(_host.Endpoint);
        JsonObject answer = await other.JoinAsync("lobby", _secret);

        Assert.That((string?)answer["code"], Is.EqualTo("already-joined"));
        await bob.SayAsync("2");
        Assert.That(await PayloadsAsync(alice, 1), Is.EqualTo(new[] { "2" }));
        await alice.DisposeAsync();
        await bob.DisposeAsync();
    }

    [Test]
    public async Task A_newer_connection_takes_the_seat_of_one_that_looks_alive()
    {
        (RawClient alice, RawClient bob) = await MeetAsync();
        await using RawClient again = await RawClient.ConnectAsync(_host.Endpoint);

        await again.ResumeAsync("lobby", bob.Self, bob.Token!, bob.Received);

        Assert.That(await bob.EndAsync(), Is.EqualTo("replaced"));
        await alice.SayAsync("1");
        Assert.That(await PayloadsAsync(again, 1), Is.EqualTo(new[] { "1" }));
        await alice.DisposeAsync();
    }

    [Test]
    public async Task A_count_of_what_was_never_sent_or_is_forgotten_is_refused()
    {
        (RawClient alice, RawClient bob) = await MeetAsync();
        bob.Vanish();
        await alice.NextAsync("away");

        await using RawClient again = await RawClient.ConnectAsync(_host.Endpoint);
        JsonObject answer = await again.ResumeAsync("lobby", bob.Self, bob.Token!, 99);

        Assert.That((string?)answer["code"], Is.EqualTo("unknown-stay"));
        await alice.DisposeAsync();
    }

    [Test]
    public async Task The_server_acknowledges_after_thirty_two_frames()
    {
        (RawClient alice, RawClient bob) = await MeetAsync();
        for (int i = 0; i < 32; i++)
        {
            await bob.SayAsync("0");
        }

        Assert.That(await bob.NextTextAsync(), Is.EqualTo("""{"type":"ack","received":32}"""));
        await alice.DisposeAsync();
        await bob.DisposeAsync();
    }

    private async Task<(RawClient Alice, RawClient Bob)> MeetAsync()
    {
        RawClient alice = await RawClient.EnterAsync(_host.Endpoint);
        RawClient bob = await RawClient.EnterAsync(_host.Endpoint, secret: _secret);
        await alice.NextAsync("join");
        return (alice, bob);
    }

    private static async Task<List<string>> PayloadsAsync(RawClient client, int count)
    {
        List<string> payloads = [];
        while (payloads.Count < count)
        {
            payloads.Add((await client.NextAsync("message"))["payload"]!.ToJsonString());
        }

        return payloads;
    }
}
