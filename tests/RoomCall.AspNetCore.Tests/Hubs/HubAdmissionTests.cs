using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using RoomCall.Server;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore.Tests;

/// <summary>Who may come in by a hub: what ASP.NET Core, SignalR and the server's hook have to say.</summary>
public sealed class HubAdmissionTests
{
    [Test]
    public async Task Authorization_is_put_on_it_as_on_any_endpoint()
    {
        await using RoomHost host = await HubTests.StartAsync<RoomCallHub>(build: SignedIn.Add, convention: endpoint => endpoint.RequireAuthorization());
        await using HubClient alice = await HubClient.ConnectAsync(host.Http, options => options.Headers.Add("Authorization", "Bearer alice"));

        HttpRequestException? refused = await Assert.ThrowsAsync<HttpRequestException>(() => HubClient.ConnectAsync(host.Http));

        Assert.That(refused!.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((string?)(await alice.JoinAsync())["type"], Is.EqualTo("created"));
    }

    [Test]
    public async Task The_hook_is_told_who_asks_on_which_request()
    {
        RoomRequest? asked = null;
        await using RoomHost host = await HubTests.StartAsync(
            options => options.OnJoin = request =>
            {
                asked = request;
                return ValueTask.FromResult(RoomAdmission.Deny("Not today."));
            },
            build: SignedIn.Add);
        await using HubClient alice = await HubClient.ConnectAsync(host.Http, options => options.Headers.Add("Authorization", "Bearer alice"));

        JsonObject answer = await alice.JoinAsync(name: "Alice");

        Assert.That(((string?)answer["code"], (string?)answer["detail"]), Is.EqualTo(("not-allowed", "Not today.")));
        Assert.That((asked!.Room, asked.Name), Is.EqualTo(("lobby", "Alice")));
        Assert.That(asked.User.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)?.Value, Is.EqualTo("alice"));
        Assert.That(await alice.EndAsync(), Is.EqualTo("refused"));
    }

    [TestCase("alice")]
    [TestCase("mallory")]
    public async Task A_stay_is_resumed_by_the_user_that_the_IUserIdProvider_names(string other)
    {
        await using RoomHost host = await HubTests.StartAsync(build: builder => builder.Services.AddSingleton<IUserIdProvider, UserOfHeader>());

        Assert.That(await ResumeOfAnotherAsync(host, "user", "alice", other), Is.EqualTo(other == "alice" ? "resumed" : "error"));
    }

    [TestCase("alice")]
    [TestCase("mallory")]
    public async Task A_stay_is_resumed_by_the_user_of_the_claim_sub_where_SignalR_knows_none(string other)
    {
        await using RoomHost host = await HubTests.StartAsync(build: SignedIn.Add);

        string? answer = await ResumeOfAnotherAsync(host, "Authorization", "Bearer sub=alice", $"Bearer sub={other}");

        Assert.That(answer, Is.EqualTo(other == "alice" ? "resumed" : "error"));
    }

    [Test]
    public async Task A_hub_filter_sees_each_stay_and_may_refuse_it()
    {
        Bouncer bouncer = new();
        await using RoomHost host = await HubTests.StartAsync(hub: options => options.AddFilter(bouncer));
        await using HubClient alice = await HubClient.EnterAsync(host.Http);
        bouncer.IsClosed = true;
        await using HubClient bob = await HubClient.ConnectAsync(host.Http);

        HubException? refused = await Assert.ThrowsAsync<HubException>(bob.NextTextAsync);

        Assert.That(refused!.Message, Does.Contain("closed today"));
        Assert.That(bouncer.Methods, Is.EqualTo(new[] { "ExchangeFrames", "ExchangeFrames" }));
    }

    [TestCase("https://evil.example", false)]
    [TestCase("https://app.example.org", true)]
    public async Task A_page_of_another_origin_may_come_in_only_where_it_is_allowed(string origin, bool isAllowed)
    {
        await using RoomHost host = await HubTests.StartAsync(options => options.AllowedOrigins.Add("https://app.example.org"));
        await using HubClient page = await HubClient.ConnectAsync(host.Http, options => options.Headers.Add("Origin", origin));
        await page.SendAsync("""{"type":"create or join","room":"lobby"}""");

        if (isAllowed)
            await page.NextAsync("created");
        else
            Assert.That((await Assert.ThrowsAsync<HubException>(page.NextTextAsync))!.Message, Does.Contain("AllowedOrigins").And.Not.Contain("evil"));
    }

    [Test]
    public async Task A_connection_has_so_many_stays_at_a_time_and_no_more()
    {
        await using RoomHost host = await HubTests.StartAsync(options => options.MaxStaysPerConnection = 2);
        await using HubConnection connection = await HubClient.StartAsync(host.Http);
        HubClient first = await HubClient.ConnectAsync(connection);
        HubClient second = await HubClient.ConnectAsync(connection);
        await first.JoinAsync("one");
        await second.JoinAsync("two");

        HubClient third = await HubClient.ConnectAsync(connection);
        Assert.That((await Assert.ThrowsAsync<HubException>(third.NextTextAsync))!.Message, Does.Contain("2 stays"));

        second.Close();
        Assert.That(await second.NextTextAsync(), Is.Null);
        HubClient fourth = await HubClient.ConnectAsync(connection);
        Assert.That((string?)(await fourth.JoinAsync("two"))["type"], Is.EqualTo("created"));
    }

    [Test]
    public async Task One_who_is_gone_before_the_hook_has_decided_is_never_in_the_room()
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RoomHost host = await HubTests.StartAsync(options => options.OnJoin = async request =>
        {
            asked.SetResult();
            await decided.Task;
            return RoomAdmission.Allow(request.Name);
        });
        HubClient bob = await HubClient.ConnectAsync(host.Http);
        await bob.SendAsync("""{"type":"create or join","room":"lobby"}""");
        await asked.Task;

        await bob.DisposeAsync();
        Assert.That(() => host.Server.ConnectionCount, Is.Zero.After(30_000, 5));
        decided.SetResult();

        Assert.That(host.Server.Broker.MemberCount, Is.Zero);
    }

    [Test]
    public void A_hub_is_not_mapped_without_the_server_or_without_SignalR()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSignalR();
        using WebApplication withoutServer = builder.Build();
        builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddRoutingCore();
        builder.Services.AddRoomCallServer();
        using WebApplication withoutSignalR = builder.Build();

        Assert.That(() => withoutServer.MapRoomCallHub("/hub"), Throws.InvalidOperationException.With.Message.Contains("AddRoomCallServer"));
        Assert.That(() => withoutSignalR.MapRoomCallHub("/hub"), Throws.InvalidOperationException.With.Message.Contains("AddSignalR"));
    }

    /// <summary>One begins a stay and is lost; another, or the same again, asks for it.</summary>
    /// <returns>The type of the answer.</returns>
    private static async Task<string?> ResumeOfAnotherAsync(RoomHost host, string header, string who, string other)
    {
        await using RawClient witness = await RawClient.EnterAsync(host.Endpoint);
        HubClient alice = await HubClient.ConnectAsync(host.Http, options => options.Headers.Add(header, who));
        await alice.JoinAsync(secret: SignalingProtocol.NewSecret());
        await witness.NextAsync("join");
        await alice.DisposeAsync();
        await witness.NextAsync("away");

        await using HubClient again = await HubClient.ConnectAsync(host.Http, options => options.Headers.Add(header, other));
        return (string?)(await again.ResumeAsync("lobby", alice.Self, alice.Token!, alice.Received))["type"];
    }

    private sealed class UserOfHeader : IUserIdProvider
    {
        public string? GetUserId(HubConnectionContext connection) => connection.GetHttpContext()?.Request.Headers["user"];
    }

    private sealed class Bouncer : IHubFilter
    {
        private readonly ConcurrentQueue<string> _methods = new();

        public bool IsClosed { get; set; }

        public IEnumerable<string> Methods => _methods;

        public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
        {
            _methods.Enqueue(invocationContext.HubMethod.Name);
            return IsClosed ? throw new HubException("The rooms are closed today.") : next(invocationContext);
        }
    }
}
