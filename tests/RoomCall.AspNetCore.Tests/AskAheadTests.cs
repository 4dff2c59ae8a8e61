using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore.Tests;

/// <summary>The first frame in the request for the WebSocket: docs/protocol.md, Asking ahead.</summary>
public sealed class AskAheadTests
{
    private const string Ask = """{"type":"create or join","room":"lobby","secret":"q83vEjRWeJCrze8SNFZ4kA"}""";

    [Test]
    public async Task One_who_asks_with_the_request_is_answered_without_a_word_on_the_connection()
    {
        await using RoomHost host = await RoomHost.StartAsync();
        await using RawClient client = await RawClient.AskAheadAsync(host.Endpoint, Ask);

        JsonObject created = await client.NextAsync("created");

        Assert.That(client.Socket.SubProtocol, Is.EqualTo("roomcall.v1.begun"));
        Assert.That((string?)created["self"], Is.EqualTo(SignalingProtocol.PeerIdOf("lobby", "q83vEjRWeJCrze8SNFZ4kA")));
    }

    [Test]
    public async Task One_who_resumes_with_the_request_goes_on_where_it_was()
    {
        await using RoomHost host = await RoomHost.StartAsync();
        await using RawClient first = await RawClient.EnterAsync(host.Endpoint, secret: SignalingProtocol.NewSecret());
        first.Vanish();

        await using RawClient again = await RawClient.AskAheadAsync(
            host.Endpoint, $$"""{"type":"resume","room":"lobby","self":"{{first.Self}}","token":"{{first.Token}}","received":{{first.Received}}}""");

        Assert.That((int?)(await again.NextAsync("resumed"))["received"], Is.Zero);
    }

    [Test]
    public async Task A_first_frame_that_is_none_is_answered_as_on_the_connection()
    {
        await using RoomHost host = await RoomHost.StartAsync();
        await using RawClient client = await RawClient.AskAheadAsync(host.Endpoint, "nonsense");

        Assert.That((string?)(await client.NextAsync("error"))["code"], Is.EqualTo("malformed"));
        await client.JoinAsync();
        Assert.That(client.Self, Is.Not.Empty);
    }

    [TestCase("roomcall.v1, roomcall.v1.begun, roomcall.v1.first.***", "roomcall.v1")]
    [TestCase("roomcall.v1, roomcall.v1.begun", "roomcall.v1")]
    [TestCase("roomcall.v1, roomcall.v1.first.e30", "roomcall.v1")]
    [TestCase("roomcall.v1.begun, roomcall.v1.first.e30", "roomcall.v1.begun")]
    public async Task The_server_says_whether_it_has_taken_the_frame(string offered, string chosen)
    {
        await using RoomHost host = await RoomHost.StartAsync();

        Handshake answer = await Handshake.TryAsync(host, ("Sec-WebSocket-Protocol", offered));

        Assert.That((answer.Status, answer.SubProtocol), Is.EqualTo((HttpStatusCode.SwitchingProtocols, chosen)));
    }

    [TestCase("roomcall.v1.begun")]
    [TestCase("roomcall.v1.begun, roomcall.v1.first.***")]
    public async Task One_who_offers_nothing_but_to_have_begun_and_has_not_is_refused(string offered)
    {
        await using RoomHost host = await RoomHost.StartAsync();

        Handshake answer = await Handshake.TryAsync(host, ("Sec-WebSocket-Protocol", offered));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task The_hook_that_decides_sees_no_secret_in_the_request()
    {
        string? seen = null;
        await using RoomHost host = await RoomHost.StartAsync(options => options.OnJoin = request =>
        {
            seen = request.HttpContext.Request.Headers.SecWebSocketProtocol;
            return new(RoomCall.Server.RoomAdmission.Allow(request.Name));
        });
        await using RawClient client = await RawClient.AskAheadAsync(host.Endpoint, Ask);
        await client.NextAsync("created");

        Assert.That(seen, Is.EqualTo("roomcall.v1, roomcall.v1.begun"));
    }

    [Test]
    public async Task A_page_of_a_foreign_origin_has_asked_for_nothing()
    {
        await using RoomHost host = await RoomHost.StartAsync();

        Handshake answer = await Handshake.TryAsync(
            host, ("Origin", "https://evil.example"), ("Sec-WebSocket-Protocol", string.Join(", ", FirstFrame.Offer(Encoding.UTF8.GetBytes(Ask)))));

        Assert.That((answer.Status, host.Server.Broker.MemberCount), Is.EqualTo((HttpStatusCode.Forbidden, 0)));
    }

    [Test]
    public async Task A_first_frame_that_is_larger_than_the_server_takes_is_refused_as_on_the_connection()
    {
        await using RoomHost host = await RoomHost.StartAsync(options => options.MaxFrameBytes = 1024);
        await using RawClient client = await RawClient.AskAheadAsync(host.Endpoint, Ask + new string(' ', 1024));

        Assert.That((string?)(await client.NextAsync("error"))["code"], Is.EqualTo("message-too-large"));
        Assert.That(await client.EndAsync(), Is.EqualTo("too-large"));
    }

    [Test]
    public async Task A_server_that_stops_tells_one_who_asks_ahead_to_come_again()
    {
        int asked = 0;
        await using RoomHost host = await RoomHost.StartAsync(options => options.OnJoin = request =>
        {
            asked++;
            return new(RoomCall.Server.RoomAdmission.Allow(request.Name));
        });
        _ = host.Server.StopAsync();
        await using RawClient client = await RawClient.AskAheadAsync(host.Endpoint, Ask);

        Assert.That(await client.EndAsync(), Is.EqualTo("restarting"));
        Assert.That((asked, host.Server.Broker.MemberCount), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task One_who_is_gone_before_its_request_is_looked_at_has_asked_for_nothing()
    {
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int asked = 0;
        await using RoomHost host = await RoomHost.StartAsync(
            options => options.OnJoin = request =>
            {
                asked++;
                return new(RoomCall.Server.RoomAdmission.Allow(request.Name));
            },
            use: application => application.Use(async (context, next) =>
            {
                TaskCompletionSource aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
                await using CancellationTokenRegistration registration = context.RequestAborted.Register(aborted.SetResult);
                arrived.SetResult();
                await aborted.Task;
                await next(context);
                done.SetResult();
            }));
        using CancellationTokenSource impatience = new();
        Task connecting = RawClient.AskAheadAsync(host.Endpoint, Ask, impatience.Token);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await impatience.CancelAsync();

        Assert.That(async () => await connecting, Throws.Exception);
        await done.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That((asked, host.Server.Broker.MemberCount), Is.EqualTo((0, 0)));
    }
}
