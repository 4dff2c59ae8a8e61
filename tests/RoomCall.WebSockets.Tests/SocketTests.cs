using System.Net.WebSockets;
using System.Text;
using RoomCall.Conformance;
using RoomCall.Signaling;
using RoomCall.Signaling.Links;

namespace RoomCall.WebSockets.Tests;

/// <summary>What a server may do with a WebSocket that is up.</summary>
internal sealed class SocketTests
{
    private const string Created = """{"type":"created","room":"room","self":"me","resume":{"token":"0123456789012345678901","seconds":15}}""";

    [Test]
    public async Task A_frame_in_parts_and_larger_than_a_buffer_is_taken_whole()
    {
        string text = new('x', 100_000);
        await using ScriptedServer server = await ScriptedServer.AcceptAsync(async socket =>
        {
            byte[] frame = Encoding.UTF8.GetBytes($$"""{"type":"message","from":"you","payload":"{{text}}"}""");
            await ScriptedServer.SayAsync(socket, Created);
            for (int at = 0; at < frame.Length; at += 7777)
            {
                bool isLast = at + 7777 >= frame.Length;
                await socket.SendAsync(frame.AsMemory(at, Math.Min(7777, frame.Length - at)), WebSocketMessageType.Text, isLast, CancellationToken.None);
            }

            await UntilClosedAsync(socket);
        });
        await using IRoomConnection connection = await ConnectAsync(server);
        await using IAsyncEnumerator<RoomEvent> events = connection.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
        await events.MoveNextAsync().Soon();
        await events.MoveNextAsync().Soon();

        Assert.That(((RoomEvent.Message)events.Current).Payload.Length, Is.EqualTo(text.Length + 2));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_frame_that_is_too_large_or_binary_ends_the_stay(bool isBinary)
    {
        await using ScriptedServer server = await ScriptedServer.AcceptAsync(async socket =>
        {
            byte[] frame = new byte[isBinary ? 10 : 5000];
            Array.Fill(frame, (byte)' ');
            await socket.SendAsync(frame, isBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, true, CancellationToken.None);
            await UntilClosedAsync(socket);
        });
        await using IRoomConnection connection = await ConnectAsync(server, options => options.MaxFrameBytes = 4096);

        RoomCallException error = await EndAsync(connection);

        Assert.That(error.Code, Is.EqualTo(RoomCallErrorCode.Malformed));
        Assert.That(error.Message, Does.Contain(isBinary ? "binary" : "4096"));
    }

    [Test]
    public async Task The_close_code_and_its_reason_are_in_what_the_stay_ends_with()
    {
        await using ScriptedServer server = await ScriptedServer.AcceptAsync(async socket =>
        {
            await ScriptedServer.SayAsync(socket, Created);
            await socket.CloseAsync((WebSocketCloseStatus)4321, "too rainy", CancellationToken.None);
        });
        await using IRoomConnection connection = await ConnectAsync(server, options => options.Reconnect = new Never());

        RoomCallException error = await EndAsync(connection);

        Assert.That(error.Code, Is.EqualTo(RoomCallErrorCode.SignalingLost));
        Assert.That(error.Message, Does.Contain("4321").And.Contain("too rainy"));
    }

    [Test]
    public async Task A_server_that_dies_is_a_loss()
    {
        await using ScriptedServer server = await ScriptedServer.AcceptAsync(async socket =>
        {
            await socket.ReceiveAsync(new byte[4096], CancellationToken.None);
            socket.Abort();
        });
        await using IRoomConnection connection = await ConnectAsync(server, options => options.Reconnect = new Never());

        Assert.That((await EndAsync(connection)).Code, Is.EqualTo(RoomCallErrorCode.SignalingLost));
    }

    [Test]
    public async Task A_server_that_hangs_is_a_loss_after_interval_and_time_out()
    {
        TaskCompletionSource done = new();
        await using ScriptedServer server = await ScriptedServer.AcceptAsync(async socket =>
        {
            // It reads nothing, and so answers no ping.
            await ScriptedServer.SayAsync(socket, Created);
            await done.Task;
        });
        long start = TimeProvider.System.GetTimestamp();
        await using IRoomConnection connection = await ConnectAsync(server, options =>
        {
            options.KeepAliveInterval = options.KeepAliveTimeout = TimeSpan.FromMilliseconds(500);
            options.Reconnect = new Never();
        });

        RoomCallException error = await EndAsync(connection);
        done.SetResult();

        Assert.That(error.Code, Is.EqualTo(RoomCallErrorCode.SignalingLost));
        Assert.That(TimeProvider.System.GetElapsedTime(start), Is.GreaterThan(TimeSpan.FromMilliseconds(500)));
    }

    [Test]
    public async Task A_dispose_sends_a_close_and_a_loss_does_not()
    {
        TaskCompletionSource<WebSocketCloseStatus?> closed = new();
        await using ScriptedServer server = await ScriptedServer.AcceptAsync(async socket =>
        {
            await ScriptedServer.SayAsync(socket, Created);
            await UntilClosedAsync(socket);
            closed.SetResult(socket.CloseStatus);
        });
        IRoomConnection connection = await ConnectAsync(server);
        await using IAsyncEnumerator<RoomEvent> events = connection.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
        await events.MoveNextAsync().Soon();

        await connection.DisposeAsync().Soon();

        Assert.That(await closed.Task.Soon(), Is.EqualTo(WebSocketCloseStatus.NormalClosure));
    }

    [Test]
    public async Task A_session_ends_with_the_code_and_the_servers_reason()
    {
        await using ScriptedServer server = await ScriptedServer.AcceptAsync(async socket =>
        {
            await ScriptedServer.SayAsync(socket, Created);
            await ScriptedServer.SayAsync(socket, """{"type":"end","code":"too-slow","detail":"Too much waits for this client."}""");
            await UntilClosedAsync(socket);
        });
        await using ICallSession session = await Client(server).JoinAsync("room").Soon();

        CallEndReason reason = await session.Completion.Soon();

        Assert.That(reason.Code, Is.EqualTo(CallEndCode.SignalingLost));
        Assert.That(reason.Detail, Does.Contain("Too much waits for this client."));
    }

    [Test]
    public async Task A_session_that_is_not_let_in_ends_with_the_code_and_the_servers_reason()
    {
        await using ScriptedServer server = await ScriptedServer.AcceptAsync(async socket =>
        {
            await ScriptedServer.SayAsync(socket, """{"type":"error","code":"not-allowed","detail":"Members only."}""");
            await UntilClosedAsync(socket);
        });

        RoomCallException? error = await Assert.ThrowsAsync<RoomCallException>(() => Client(server).JoinAsync("room").Soon());

        Assert.That(error!.EndReason!.Code, Is.EqualTo(CallEndCode.JoinRejected));
        Assert.That(error.EndReason.Detail, Does.Contain("Members only."));
    }

    [Test]
    public async Task A_session_whose_handshake_is_refused_ends_with_the_code_and_what_to_do()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });

        RoomCallException? error = await Assert.ThrowsAsync<RoomCallException>(() => Client(server).JoinAsync("room").Soon());

        Assert.That(error!.EndReason!.Code, Is.EqualTo(CallEndCode.SignalingUnavailable));
        Assert.That(error.EndReason.Detail, Does.Contain("AccessTokenProvider"));
    }

    private static CallClient Client(ScriptedServer server) => new(
        new ResumingSignaler(new WebSocketTransport(new() { Endpoint = server.Endpoint })), new InMemory.InMemoryWorld().CreateEngine());

    private static Task<IRoomConnection> ConnectAsync(ScriptedServer server, Action<WebSocketSignalerOptions>? configure = null)
    {
        WebSocketSignalerOptions options = new() { Endpoint = server.Endpoint };
        configure?.Invoke(options);
        ResumingSignaler signaler = new(new WebSocketTransport(options), new() { Reconnect = options.Reconnect });
        return signaler.ConnectAsync("room", CancellationToken.None).Soon();
    }

    private static async Task<RoomCallException> EndAsync(IRoomConnection connection)
    {
        async Task ReadAsync()
        {
            await foreach (RoomEvent _ in connection.ReadAllAsync(CancellationToken.None))
            {
            }
        }

        return (await Assert.ThrowsAsync<RoomCallException>(() => ReadAsync().Soon()))!;
    }

    private static async Task UntilClosedAsync(WebSocket socket)
    {
        byte[] buffer = new byte[4096];
        while ((await socket.ReceiveAsync(buffer, CancellationToken.None)).MessageType != WebSocketMessageType.Close)
        {
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    private sealed class Never : IReconnectPolicy
    {
        public TimeSpan? NextDelay(ReconnectAttempt attempt) => null;
    }
}
