using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RoomCall.PeerConnections;
using RoomCall.Server;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore.Tests;

/// <summary>The hook that decides who may be in a room, under which name and with which ICE servers.</summary>
public sealed class AdmissionTests
{
    private readonly List<RoomRequest> _asked = [];

    [Test]
    public async Task The_hook_is_told_who_asks_for_which_room_and_by_which_name()
    {
        await using RoomHost host = await StartAsync(request => RoomAdmission.Allow(request.Name));
        await using RawClient alice = await ConnectAsync(host, "alice", new Uri(host.Endpoint, "?ward=7"));

        await alice.JoinAsync("lobby", name: "Alice");

        RoomRequest asked = _asked.Single();
        Assert.That((asked.Room, asked.Name), Is.EqualTo(("lobby", "Alice")));
        Assert.That(asked.User.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)?.Value, Is.EqualTo("alice"));
        Assert.That(asked.HttpContext.Request.Query["ward"].ToString(), Is.EqualTo("7"));
    }

    [TestCase("Dr. Alice")]
    [TestCase(null)]
    public async Task The_name_that_the_hook_gives_is_the_one_that_the_others_are_told(string? given)
    {
        await using RoomHost host = await StartAsync(request => RoomAdmission.Allow(request.Name == "Alice" ? given : request.Name));
        await using RawClient alice = await ConnectAsync(host, "alice");
        await alice.JoinAsync(name: "Alice");
        await using RawClient bob = await ConnectAsync(host, "bob");

        JsonObject joined = await bob.JoinAsync(name: "Bob");

        Assert.That((string?)joined["names"]?[alice.Self], Is.EqualTo(given));
        Assert.That((string?)(await alice.NextAsync("join"))["name"], Is.EqualTo("Bob"));
    }

    [Test]
    public async Task One_whom_the_hook_denies_reads_its_sentence_and_is_not_in_the_room()
    {
        await using RoomHost host = await StartAsync(_ => RoomAdmission.Deny("Ask the ward's nurse for an invitation."));
        await using RawClient alice = await ConnectAsync(host, "alice");

        JsonObject answer = await alice.JoinAsync();

        Assert.That(
            ((string?)answer["type"], (string?)answer["code"], (string?)answer["detail"]),
            Is.EqualTo(("error", "not-allowed", "Ask the ward's nurse for an invitation.")));
        Assert.That(await alice.EndAsync(), Is.EqualTo("refused"));
        Assert.That(host.Server.Broker.RoomCount, Is.Zero);
    }

    [Test]
    public async Task A_hook_that_throws_refuses_the_client_without_telling_why()
    {
        await using RoomHost host = await StartAsync(_ => throw new InvalidOperationException("The users' table is on fire."));
        await using RawClient alice = await ConnectAsync(host, "alice");

        JsonObject answer = await alice.JoinAsync();

        Assert.That((string?)answer["code"], Is.EqualTo("not-allowed"));
        Assert.That((string?)answer["detail"], Does.Not.Contain("fire").And.Contain("try again"));
        Assert.That(await alice.EndAsync(), Is.EqualTo("refused"));
    }

    [Test]
    public async Task A_hook_that_returns_nothing_refuses_the_client()
    {
        await using RoomHost host = await StartAsync(_ => null!);
        await using RawClient alice = await ConnectAsync(host, "alice");

        JsonObject answer = await alice.JoinAsync();

        Assert.That((string?)answer["code"], Is.EqualTo("not-allowed"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_hook_may_take_its_time_and_what_the_client_sends_meanwhile_waits(bool asksAhead)
    {
        TaskCompletionSource decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RoomHost host = await RoomHost.StartAsync(options => options.OnJoin = async request =>
        {
            await decided.Task;
            return RoomAdmission.Allow(request.Name);
        });
        await using RawClient alice = await RawClient.AskAsync(host.Endpoint, """{"type":"create or join","room":"lobby"}""", asksAhead);
        await alice.SendAsync("""{"type":"ping"}""");

        decided.SetResult();

        await alice.NextAsync("created");
        await alice.NextAsync("pong");
    }

    [TestCase(true, false)]
    [TestCase(false, false)]
    [TestCase(true, true)]
    [TestCase(false, true)]
    public async Task One_who_is_gone_before_the_hook_has_decided_is_never_in_the_room(bool closes, bool asksAhead)
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RoomHost host = await RoomHost.StartAsync(options => options.OnJoin = async request =>
        {
            if (request.Name == "Bob")
            {
                asked.SetResult();
                await decided.Task;
            }

            return RoomAdmission.Allow(request.Name);
        });
        await using RawClient alice = await RawClient.EnterAsync(host.Endpoint);
        using MetricCollector<int> connections = new(host.Services.GetRequiredService<IMeterFactory>(), "RoomCall", "roomcall.server.connections");
        await using RawClient bob = await RawClient.AskAsync(host.Endpoint, """{"type":"create or join","room":"lobby","name":"Bob"}""", asksAhead);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

        if (closes)
            await bob.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        else
            bob.Vanish();
        await connections.WaitForMeasurementsAsync(2).WaitAsync(TimeSpan.FromSeconds(30));
        decided.SetResult();

        await using RawClient carol = await RawClient.ConnectAsync(host.Endpoint);
        Assert.That((string?)(await carol.JoinAsync(name: "Carol"))["type"], Is.EqualTo("joined"), "the second place is free");
        Assert.That((string?)(await alice.NextAsync())["name"], Is.EqualTo("Carol"), "nobody has come before");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_stop_waits_for_no_hook(bool asksAhead)
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource never = new();
        await using RoomHost host = await RoomHost.StartAsync(options =>
        {
            options.CloseTimeout = TimeSpan.FromSeconds(1);
            options.OnJoin = async request =>
            {
                asked.SetResult();
                await never.Task;
                return RoomAdmission.Allow(request.Name);
            };
        });
        await using RawClient alice = await RawClient.AskAsync(host.Endpoint, """{"type":"create or join","room":"lobby"}""", asksAhead);
        await asked.Task;

        await host.Server.StopAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(host.Server.ConnectionCount, Is.Zero);
        never.SetResult();
    }

    [TestCase("")]
    [TestCase("two\nlines")]
    public async Task A_hook_that_gives_a_name_that_is_none_refuses_the_client(string name)
    {
        await using RoomHost host = await StartAsync(_ => RoomAdmission.Allow(name));
        await using RawClient alice = await ConnectAsync(host, "alice");

        Assert.That((string?)(await alice.JoinAsync())["code"], Is.EqualTo("not-allowed"));
    }

    [Test]
    public async Task A_hook_that_gives_ICE_servers_without_a_URL_refuses_the_client()
    {
        await using RoomHost host = await StartAsync(_ => RoomAdmission.Allow(null, [new IceServer([])]));
        await using RawClient alice = await ConnectAsync(host, "alice");

        Assert.That((string?)(await alice.JoinAsync())["code"], Is.EqualTo("not-allowed"));
    }

    [Test]
    public async Task Each_user_is_handed_its_own_ICE_servers()
    {
        await using RoomHost host = await StartAsync(
            request => request.Name == "Bob"
                ? RoomAdmission.Allow(request.Name)
                : RoomAdmission.Allow(request.Name, [new IceServer(["turn:turn.example.org"], "1700000000:alice", "secret of alice")]),
            options => options.Rooms.IceServers = [new IceServer(["stun:stun.example.org"])]);
        await using RawClient alice = await ConnectAsync(host, "alice");
        await using RawClient bob = await ConnectAsync(host, "bob");

        JsonObject created = await alice.JoinAsync(name: "Alice");
        JsonObject joined = await bob.JoinAsync(name: "Bob");

        Assert.That(
            created["iceServers"]!.ToJsonString(),
            Is.EqualTo("""[{"urls":["turn:turn.example.org"],"username":"1700000000:alice","credential":"secret of alice"}]"""));
        Assert.That(joined["iceServers"]!.ToJsonString(), Is.EqualTo("""[{"urls":["stun:stun.example.org"]}]"""));
    }

    [Test]
    public async Task The_hook_is_asked_once_for_each_stay()
    {
        await using RoomHost host = await StartAsync(request => RoomAdmission.Allow(request.Name));
        RawClient alice = await ConnectAsync(host, "alice");
        await alice.JoinAsync(secret: SignalingProtocol.NewSecret());
        await using RawClient bob = await ConnectAsync(host, "bob");
        await bob.JoinAsync();
        alice.Vanish();
        await bob.NextAsync("away");

        await using RawClient again = await ConnectAsync(host, "alice");
        JsonObject resumed = await again.ResumeAsync("lobby", alice.Self, alice.Token!, alice.Received);

        Assert.That((string?)resumed["type"], Is.EqualTo("resumed"));
        Assert.That(_asked, Has.Count.EqualTo(2));
    }

    [TestCase("mallory")]
    [TestCase("sub=mallory")]
    [TestCase("")]
    public async Task A_stay_is_resumed_by_nobody_but_the_user_who_began_it(string other)
    {
        await using RoomHost host = await StartAsync(request => RoomAdmission.Allow(request.Name));
        RawClient alice = await ConnectAsync(host, "sub=alice");
        await alice.JoinAsync(secret: SignalingProtocol.NewSecret());
        await using RawClient bob = await ConnectAsync(host, "bob");
        await bob.JoinAsync();
        alice.Vanish();
        await bob.NextAsync("away");

        await using RawClient thief = await ConnectAsync(host, other);
        JsonObject stolen = await thief.ResumeAsync("lobby", alice.Self, alice.Token!, alice.Received);
        await using RawClient again = await ConnectAsync(host, "sub=alice");
        JsonObject resumed = await again.ResumeAsync("lobby", alice.Self, alice.Token!, alice.Received);

        Assert.That(((string?)stolen["code"], (string?)resumed["type"]), Is.EqualTo(("unknown-stay", "resumed")));
    }

    [Test]
    public async Task The_hook_is_not_asked_for_names_that_are_none()
    {
        await using RoomHost host = await StartAsync(request => RoomAdmission.Allow(request.Name));
        await using RawClient alice = await ConnectAsync(host, "alice");
        await using RawClient bob = await ConnectAsync(host, "bob");

        JsonObject room = await alice.JoinAsync(" ");
        JsonObject name = await bob.JoinAsync(name: "\n");

        Assert.That(((string?)room["code"], (string?)name["code"]), Is.EqualTo(("invalid-room-name", "invalid-name")));
        Assert.That(_asked, Is.Empty);
    }

    private Task<RoomHost> StartAsync(Func<RoomRequest, RoomAdmission> decide, Action<RoomCallServerOptions>? configure = null) =>
        RoomHost.StartAsync(
            options =>
            {
                options.OnJoin = request =>
                {
                    _asked.Add(request);
                    return ValueTask.FromResult(decide(request));
                };
                configure?.Invoke(options);
            },
            SignedIn.Add);

    private static Task<RawClient> ConnectAsync(RoomHost host, string user, Uri? endpoint = null) => RawClient.ConnectAsync(
        endpoint ?? host.Endpoint,
        options => options.SetRequestHeader(SignedIn.As(user).Name, SignedIn.As(user).Value));

    [SetUp]
    public void Forget() => _asked.Clear();
}
