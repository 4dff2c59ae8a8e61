using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RoomCall.Conformance;
using RoomCall.Signaling;
using RoomCall.Signaling.Links;
using RoomCall.Signaling.Protocol;

namespace RoomCall.WebSockets.Tests;

/// <summary>The request that a client makes, and what it says when it is refused.</summary>
internal sealed class HandshakeTests
{
    [Test]
    public async Task The_request_names_the_version_and_has_the_headers_and_the_token()
    {
        TaskCompletionSource<IHeaderDictionary> request = new();
        await using ScriptedServer server = await ScriptedServer.StartAsync(context =>
        {
            request.TrySetResult(new HeaderDictionary(context.Request.Headers.ToDictionary()));
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        WebSocketSignalerOptions options = new()
        {
            Endpoint = server.Endpoint,
            AccessTokenProvider = _ => ValueTask.FromResult<string?>("the-token"),
            Headers = { ["X-Tenant"] = "blue" },
            ConfigureSocket = socket => socket.SetRequestHeader("X-Late", "yes"),
        };

        await RefusedAsync(options);

        IHeaderDictionary headers = await request.Task.Soon();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(headers.SecWebSocketProtocol.ToString().Split(", "), Has.Length.EqualTo(3).And.Contain("roomcall.v1"));
            Assert.That(headers.Authorization.ToString(), Is.EqualTo("Bearer the-token"));
            Assert.That(headers["X-Tenant"].ToString(), Is.EqualTo("blue"));
            Assert.That(headers["X-Late"].ToString(), Is.EqualTo("yes"));
        }
    }

    [Test]
    public async Task The_request_brings_what_the_stay_begins_with()
    {
        TaskCompletionSource<string[]> offered = new();
        await using ScriptedServer server = await ScriptedServer.StartAsync(async context =>
        {
            offered.TrySetResult([.. context.WebSockets.WebSocketRequestedProtocols]);
            using System.Net.WebSockets.WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(SignalingProtocol.SubProtocolBegun);
            await ScriptedServer.SayAsync(socket, """{"type":"created","room":"room","self":"me"}""");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        await using IRoomConnection connection = await new ResumingSignaler(new WebSocketTransport(new() { Endpoint = server.Endpoint }))
            .ConnectAsync("room", CancellationToken.None).Soon();
        await using IAsyncEnumerator<RoomEvent> events = connection.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
        await events.MoveNextAsync().Soon();

        Assert.That(events.Current, Is.InstanceOf<RoomEvent.Created>());
        Assert.That(FirstFrame.TryFind(await offered.Task.Soon(), out byte[]? first), Is.True);
        Assert.That(ClientFrameJson.TryDecode(first, out ClientFrame frame, out _), Is.True);
        Assert.That((frame.Type, frame.Room), Is.EqualTo((ClientFrameType.CreateOrJoin, "room")));
    }

    [Test]
    public async Task The_token_is_asked_for_anew_at_each_attempt()
    {
        int asked = 0;
        List<string> tokens = [];
        await using ScriptedServer server = await ScriptedServer.StartAsync(context =>
        {
            tokens.Add(context.Request.Headers.Authorization.ToString());
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        WebSocketTransport transport = new(new WebSocketSignalerOptions
        {
            Endpoint = server.Endpoint,
            AccessTokenProvider = _ => ValueTask.FromResult<string?>(++asked == 2 ? null : $"token-{asked}"),
        });
        for (int i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<RoomCallException>(() => transport.ConnectAsync(default, CancellationToken.None).Soon());
        }

        Assert.That(tokens, Is.EqualTo(new[] { "Bearer token-1", "", "Bearer token-3" }));
    }

    [TestCase(400, "roomcall.v1")]
    [TestCase(401, "AccessTokenProvider")]
    [TestCase(403, "origin")]
    [TestCase(404, "MapRoomCall")]
    [TestCase(503, "busy")]
    [TestCase(200, "200")]
    public async Task A_refusal_says_what_to_do(int status, string advice)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        RoomCallException error = await RefusedAsync(new() { Endpoint = new Uri(server.Endpoint + "?secret=1") });

        Assert.That(error.Message, Does.Contain(advice).And.Contain(server.Endpoint.ToString()).And.Not.Contain("secret"));
    }

    [Test]
    public async Task A_server_that_takes_no_version_is_none()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(async context =>
        {
            using System.Net.WebSockets.WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });

        RoomCallException error = await RefusedAsync(new() { Endpoint = server.Endpoint });

        Assert.That(error.Message, Does.Contain("does not speak"));
    }

    [Test]
    public async Task A_port_where_nobody_listens_is_named()
    {
        TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        Uri endpoint = new($"ws://{listener.LocalEndpoint}/room");
        listener.Stop();

        RoomCallException error = await RefusedAsync(new() { Endpoint = endpoint });

        Assert.That(error.Message, Does.Contain(endpoint.ToString()).And.Contain("cannot be reached"));
    }

    [Test]
    public async Task A_server_that_accepts_and_never_answers_is_given_up_after_the_time_out()
    {
        FakeTimeProvider time = new();
        using TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        WebSocketTransport transport = new(new() { Endpoint = new Uri($"ws://{listener.LocalEndpoint}/"), ConnectTimeout = TimeSpan.FromSeconds(7) }, time);
        Task<ISignalingLink> connecting = transport.ConnectAsync(default, CancellationToken.None).AsTask();
        using Socket accepted = await listener.AcceptSocketAsync();

        time.Advance(TimeSpan.FromSeconds(7));

        RoomCallException? error = await Assert.ThrowsAsync<RoomCallException>(() => connecting.Soon());
        Assert.That(error!.Message, Does.Contain("within 7 s").And.Contain("ConnectTimeout"));
    }

    [Test]
    public async Task A_token_provider_that_never_answers_and_heeds_no_token_is_given_up_after_the_time_out()
    {
        FakeTimeProvider time = new();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        WebSocketTransport transport = new(
            new()
            {
                Endpoint = new Uri("ws://localhost:1/room"),
                ConnectTimeout = TimeSpan.FromSeconds(7),
                AccessTokenProvider = _ =>
                {
                    asked.SetResult();
                    return new ValueTask<string?>(new TaskCompletionSource<string?>().Task);
                },
            },
            time);
        Task<ISignalingLink> connecting = transport.ConnectAsync(default, CancellationToken.None).AsTask();
        await asked.Task.Soon();

        time.Advance(TimeSpan.FromSeconds(7));

        RoomCallException? error = await Assert.ThrowsAsync<RoomCallException>(() => connecting.Soon());
        Assert.That(error!.Message, Does.Contain("ConnectTimeout"));
    }

    [Test]
    public async Task An_attempt_that_is_cancelled_is_cancelled()
    {
        using TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        using CancellationTokenSource cancellation = new();
        WebSocketTransport transport = new(new() { Endpoint = new Uri($"ws://{listener.LocalEndpoint}/") });
        Task<ISignalingLink> connecting = transport.ConnectAsync(default, cancellation.Token).AsTask();
        using Socket accepted = await listener.AcceptSocketAsync();

        await cancellation.CancelAsync();

        Assert.That(async () => await connecting.Soon(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_token_provider_that_throws_is_named()
    {
        RoomCallException error = await RefusedAsync(new()
        {
            Endpoint = new Uri("ws://127.0.0.1:1/"),
            AccessTokenProvider = _ => throw new InvalidOperationException("The user is signed out."),
        });

        Assert.That(error.Message, Does.Contain("The user is signed out."));
    }

    [TestCase(null)]
    [TestCase("/room")]
    [TestCase("ftp://example.org/room")]
    public void An_endpoint_that_is_none_is_refused_with_an_example(string? endpoint)
    {
        WebSocketSignalerOptions options = new() { Endpoint = endpoint is null ? null : new Uri(endpoint, UriKind.RelativeOrAbsolute) };

        Assert.That(() => new WebSocketTransport(options), Throws.ArgumentException.With.Message.Contains("wss://example.org/room"));
    }

    [Test]
    public async Task The_addresses_of_the_web_are_taken_as_WebSockets()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/room" && context.WebSockets.IsWebSocketRequest ? 403 : 404;
            return Task.CompletedTask;
        });

        RoomCallException error = await RefusedAsync(new() { Endpoint = new Uri(server.Http, "/room") });

        Assert.That(error.Message, Does.Contain("403"));
    }

    [Test]
    public void The_services_give_a_signaler_and_name_what_is_missing()
    {
        ServiceCollection services = new();
        services.AddRoomCall().UseInMemory().UseWebSockets(options => options.Endpoint = new Uri("ws://localhost/room"));
        using ServiceProvider provider = services.BuildServiceProvider();
        ServiceCollection incomplete = new();
        incomplete.AddRoomCall().UseWebSockets(_ => { });
        using ServiceProvider wrong = incomplete.BuildServiceProvider();

        Assert.That(provider.GetRequiredService<IRoomSignaler>(), Is.InstanceOf<ResumingSignaler>());
        Assert.That(provider.GetRequiredService<ICallClient>(), Is.Not.Null);
        Assert.That(
            () => wrong.GetRequiredService<IRoomSignaler>(),
            Throws.TypeOf<Microsoft.Extensions.Options.OptionsValidationException>().With.Message.Contains("Endpoint"));
    }

    private static async Task<RoomCallException> RefusedAsync(WebSocketSignalerOptions options)
    {
        ResumingSignaler signaler = new(new WebSocketTransport(options));
        RoomCallException? error = await Assert.ThrowsAsync<RoomCallException>(() => signaler.ConnectAsync("room", CancellationToken.None).Soon());
        Assert.That(error!.Code, Is.EqualTo(RoomCallErrorCode.SignalingUnavailable));
        return error;
    }
}
