using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using RoomCall.Server;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore.Tests.Hostile;

/// <summary>Clients that pretend to be somebody, or somewhere, else.</summary>
public sealed class IdentityTests : HostileTests
{
    private readonly string _secret = SignalingProtocol.NewSecret();

    [Test]
    public async Task One_who_may_not_be_in_a_room_is_told_and_let_go()
    {
        await StartAsync(options => options.OnJoin = request =>
            new(request.Room == "closed" ? RoomAdmission.Deny("The room is closed.") : RoomAdmission.Allow(request.Name)));
        await using RawClient mallory = await RawClient.ConnectAsync(Host.Endpoint);

        JsonObject answer = await mallory.JoinAsync("closed");

        Assert.That(((string?)answer["code"], (string?)answer["detail"]), Is.EqualTo(("not-allowed", "The room is closed.")));
        Assert.That(await mallory.EndAsync(), Is.EqualTo("refused"));
    }

    [Test]
    public async Task A_message_for_a_peer_of_another_room_reaches_nobody()
    {
        await StartAsync();
        await using RawClient alice = await RawClient.EnterAsync(Host.Endpoint);
        await using RawClient mallory = await RawClient.EnterAsync(Host.Endpoint, "elsewhere");

        await mallory.SendAsync($$"""{"type":"message","to":"{{alice.Self}}","room":"lobby","payload":"evil"}""");

        Assert.That((string?)(await mallory.NextAsync("error"))["code"], Is.EqualTo("unknown-peer"));
        await NothingCameAsync(alice);
    }

    [Test]
    public async Task A_message_before_a_stay_reaches_nobody()
    {
        await StartAsync();
        await using RawClient alice = await RawClient.EnterAsync(Host.Endpoint);
        await using RawClient mallory = await RawClient.ConnectAsync(Host.Endpoint);

        await mallory.SendAsync($$"""{"type":"message","to":"{{alice.Self}}","room":"lobby","payload":"evil"}""");

        Assert.That((string?)(await mallory.NextAsync("error"))["code"], Is.EqualTo("not-in-room"));
        await NothingCameAsync(alice);
    }

    [TestCase("""{"from":"evil","type":"message","payload":1}""", "1")]
    [TestCase("""{"type":"message","payload":1,"from":"evil"}""", "1")]
    [TestCase("""{"type":"message","\u0066rom":"evil","payload":1,"\u0066\u0072om":"evil"}""", "1")]
    [TestCase("""{"type":"message","from":"evil","from":"evil","self":"evil","peer":["evil"],"payload":1}""", "1")]
    [TestCase("""{"type":"message","FROM":"evil","From":"evil","payload":{"from":"evil"}}""", """{"from":"evil"}""")]
    [TestCase("""{"type":"message","from":{"payload":"evil"},"payload":1}""", "1")]
    [TestCase("""{"type":"message","payload":"\",\"from\":\"evil"}""", "\"\\\",\\\"from\\\":\\\"evil\"")]
    [TestCase("""{"type":"message","payload": [1 , "}" ] }""", """[1 , "}" ]""")]
    [TestCase("{\"type\":\"message\",\"payload\":\"a\nb\"}", "\"a\nb\"")] // no JSON, and no way out of its frame: a client passes over it
    public async Task Whatever_a_client_says_of_its_sender_the_server_says_who_it_was(string frame, string payload)
    {
        await StartAsync();
        await using RawClient alice = await RawClient.EnterAsync(Host.Endpoint);
        await using RawClient mallory = await RawClient.EnterAsync(Host.Endpoint);
        await alice.NextAsync("join");

        await mallory.SendAsync(frame);

        Assert.That(await alice.NextTextAsync(), Is.EqualTo($$"""{"type":"message","from":"{{mallory.Self}}","payload":{{payload}}}"""));
    }

    [TestCase("""{"type":"message","payload":1},"from":"evil"}""")]
    [TestCase("""{"type":"message","payload":1}{"type":"message","from":"evil","payload":2}""")]
    [TestCase("""{"type":"message","payload":1,"payload":2}""")]
    [TestCase("""{"type":"message","payload":1,"\u0070ayload":2}""")]
    [TestCase("""{"type":"message","payload":}""")]
    [TestCase("""{"type":"message","payload":1 2}""")]
    [TestCase("""{"type":"message","payload":"\"}""")]
    [TestCase("""{"type":"message","payload":[1}""")]
    [TestCase("""{"type":"message","type":"bye","payload":1}""")]
    public async Task A_payload_that_breaks_out_of_its_frame_reaches_nobody(string frame)
    {
        await StartAsync();
        await using RawClient alice = await RawClient.EnterAsync(Host.Endpoint);
        await using RawClient mallory = await RawClient.EnterAsync(Host.Endpoint);
        await alice.NextAsync("join");

        await mallory.SendAsync(frame);

        Assert.That((string?)(await mallory.NextAsync("error"))["code"], Is.EqualTo("malformed"));
        await NothingCameAsync(alice);
    }

    [Test]
    public async Task A_stolen_token_is_worth_nothing_once_it_was_used()
    {
        await StartAsync();
        await using RawClient bob = await RawClient.EnterAsync(Host.Endpoint, secret: _secret);
        await using RawClient again = await RawClient.ConnectAsync(Host.Endpoint);
        await again.ResumeAsync("lobby", bob.Self, bob.Token!, bob.Received);
        await again.SendAsync("""{"type":"ping"}""");
        await again.NextAsync("pong");

        await RefusedAsync(null, bob.Self, bob.Token!, bob.Received);

        await NothingCameAsync(again);
    }

    [Test]
    public async Task A_guessed_token_is_refused()
    {
        await StartAsync();
        await using RawClient bob = await RawClient.EnterAsync(Host.Endpoint, secret: _secret);

        await RefusedAsync(null, bob.Self, SignalingProtocol.NewSecret(), bob.Received);
        await RefusedAsync(null, bob.Self, bob.Token![..^1], bob.Received);
        await RefusedAsync(null, bob.Self, bob.Token + "A", bob.Received);
        await RefusedAsync(null, bob.Self, _secret, bob.Received);

        await NothingCameAsync(bob);
    }

    [TestCase(null)]
    [TestCase("mallory")]
    public async Task Another_users_token_is_refused(string? thief)
    {
        await StartAsync(build: builder => builder.Services.AddAuthentication("bearer").AddScheme<AuthenticationSchemeOptions, TestBearer>("bearer", null));
        await using RawClient bob = await RawClient.ConnectAsync(Host.Endpoint, options => options.SetRequestHeader("Authorization", "Bearer user:bob"));
        await bob.JoinAsync(secret: _secret);

        await RefusedAsync(thief, bob.Self, bob.Token!, bob.Received);

        await NothingCameAsync(bob);
        await using RawClient again = await RawClient.ConnectAsync(Host.Endpoint, options => options.SetRequestHeader("Authorization", "Bearer user:bob"));
        Assert.That((string?)(await again.ResumeAsync("lobby", bob.Self, bob.Token!, bob.Received))["type"], Is.EqualTo("resumed"));
    }

    [Test]
    public async Task One_who_knows_an_id_and_not_the_secret_cannot_have_it()
    {
        await StartAsync();
        await using RawClient bob = await RawClient.EnterAsync(Host.Endpoint, secret: _secret);
        await using RawClient mallory = await RawClient.EnterAsync(Host.Endpoint, secret: bob.Self);

        Assert.That(mallory.Self, Is.Not.EqualTo(bob.Self));
    }

    private async Task RefusedAsync(string? user, string self, string token, long received)
    {
        await using RawClient thief = await RawClient.ConnectAsync(Host.Endpoint, options =>
        {
            if (user is not null)
                options.SetRequestHeader("Authorization", $"Bearer user:{user}");
        });
        JsonObject answer = await thief.ResumeAsync("lobby", self, token, received);
        Assert.That((string?)answer["code"], Is.EqualTo("unknown-stay"));
        Assert.That(await thief.EndAsync(), Is.EqualTo("refused"));
    }

    // What was sent to it before would come before the answer.
    private static async Task NothingCameAsync(RawClient client)
    {
        await client.SendAsync("""{"type":"ping"}""");
        Assert.That(await client.NextTextAsync(), Is.EqualTo("""{"type":"pong"}"""));
    }
}
