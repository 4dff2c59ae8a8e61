using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using RoomCall.AspNetCore;
using RoomCall.Conformance;
using RoomCall.InMemory;
using RoomCall.NetworkConformance;
using RoomCall.Signaling;
using RoomCall.Signaling.Links;

namespace RoomCall.SignalR.Tests;

/// <summary>What becomes of the connection that the user brings.</summary>
internal sealed class SignalRTransportTests
{
    private SignalingApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await SignalingApp.StartAsync(
        build: builder => builder.Services.AddSignalR().AddMessagePackProtocol(),
        map: application =>
        {
            application.MapRoomCallHub<ChatHub>("/hub");
            application.MapHub<OtherHub>("/other");
            application.Map("/refuses/{status}/{**rest}", context =>
            {
                context.Response.StatusCode = int.Parse((string)context.Request.RouteValues["status"]!, CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            });
        });

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_connection_is_started_where_it_is_not_and_is_still_up_after_the_stay()
    {
        await using HubConnection connection = Connect("/hub");

        await VisitAsync(new SignalRTransport(connection));

        Assert.That(connection.State, Is.EqualTo(HubConnectionState.Connected));
    }

    [Test]
    public async Task A_connection_that_has_other_uses_carries_stays_beside_them()
    {
        await using HubConnection connection = Connect("/hub");
        await connection.StartAsync();
        SignalRTransport transport = new(connection, new SignalRSignalerOptions { StartConnection = false });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => VisitAsync(transport)));

        Assert.That(await connection.InvokeAsync<string>("Upper", "hello"), Is.EqualTo("HELLO"));
    }

    [Test]
    public async Task A_connection_that_the_program_starts_is_not_started_but_waited_for()
    {
        await using HubConnection connection = Connect("/hub");
        SignalRTransport transport = new(connection, new SignalRSignalerOptions { StartConnection = false });

        RoomCallException? refused = await Assert.ThrowsAsync<RoomCallException>(() => transport.ConnectAsync(default, CancellationToken.None).AsTask());
        Assert.That(refused!.Code, Is.EqualTo(RoomCallErrorCode.SignalingUnavailable));
        Assert.That(refused.Message, Does.Contain("StartAsync"));

        await connection.StartAsync();
        await VisitAsync(transport);
    }

    [Test]
    public async Task Many_who_want_it_at_once_start_it_once()
    {
        await using HubConnection connection = Connect("/hub");
        SignalRTransport one = new(connection);
        SignalRTransport other = new(connection);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => VisitAsync(i % 2 == 0 ? one : other)));
    }

    [TestCase(401, "AccessTokenProvider")]
    [TestCase(403, "authorization")]
    [TestCase(404, "MapRoomCallHub")]
    [TestCase(429, "busy")]
    [TestCase(503, "busy")]
    [TestCase(500, "address")]
    public async Task A_server_that_refuses_the_connection_is_met_with_advice(int status, string advice)
    {
        await using HubConnection connection = Connect($"/refuses/{status}");

        RoomCallException? refused = await Assert.ThrowsAsync<RoomCallException>(
            () => new SignalRTransport(connection).ConnectAsync(default, CancellationToken.None).AsTask());

        Assert.That(refused!.Message, Does.Contain($"{status}").And.Contain(advice));
    }

    [Test]
    public async Task Where_there_is_no_hub_the_error_says_what_to_look_at()
    {
        await using HubConnection connection = Connect("/nothing");

        RoomCallException? refused = await Assert.ThrowsAsync<RoomCallException>(
            () => new SignalRTransport(connection).ConnectAsync(default, CancellationToken.None).AsTask());

        Assert.That(refused!.Code, Is.EqualTo(RoomCallErrorCode.SignalingUnavailable));
        Assert.That(refused.Message, Does.Contain("404").And.Contain("MapRoomCallHub"));
    }

    [Test]
    public async Task A_hub_that_is_none_of_RoomCalls_ends_the_session_at_once()
    {
        await using HubConnection connection = Connect("/other");
        ResumingSignaler signaler = new(new SignalRTransport(connection));

        RoomCallException? refused = await Assert.ThrowsAsync<RoomCallException>(
            () => new InMemoryWorld().CreateClient(signaler: signaler).JoinAsync("room").Soon());

        Assert.That(refused!.EndReason!.Code, Is.EqualTo(CallEndCode.SignalingUnavailable));
        Assert.That(refused.EndReason.Detail, Does.Contain("roomcall.v1").And.Contain("MapRoomCallHub"));
    }

    [Test]
    public async Task SignalRs_own_reconnect_is_waited_for_and_the_stay_goes_on()
    {
        await using FaultProxy proxy = new(_app.Port);
        await using HubConnection connection = Connect("/hub", proxy.Port, builder => builder.WithAutomaticReconnect([TimeSpan.FromMilliseconds(300)]));
        int reconnects = 0;
        connection.Reconnected += _ =>
        {
            Interlocked.Increment(ref reconnects);
            return Task.CompletedTask;
        };
        ResumingSignaler signaler = new(
            new SignalRTransport(connection), new ResumingSignalerOptions { Reconnect = new QuickPolicy(proxy) });
        await using IRoomConnection stay = await signaler.ConnectAsync("reconnect", CancellationToken.None);
        await using IAsyncEnumerator<RoomEvent> events = stay.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
        while (await events.MoveNextAsync().Soon() && events.Current is not RoomEvent.Created)
        {
        }

        proxy.Cut();
        await stay.ParkAsync("1"u8.ToArray(), 1, CancellationToken.None).Soon();
        await stay.LeaveAsync(CancellationToken.None).Soon();

        Assert.That(reconnects, Is.EqualTo(1));
    }

    [Test]
    public async Task It_speaks_MessagePack_where_the_connection_does()
    {
        await using HubConnection connection = Connect("/hub", build: builder => builder.AddMessagePackProtocol());

        await VisitAsync(new SignalRTransport(connection));
    }

    [TestCase(HttpTransportType.ServerSentEvents)]
    [TestCase(HttpTransportType.LongPolling)]
    public async Task It_speaks_over_the_other_transports_of_SignalR_too(HttpTransportType transport)
    {
        await using HubConnection connection = new HubConnectionBuilder().WithUrl($"http://127.0.0.1:{_app.Port}/hub", transport).Build();

        await VisitAsync(new SignalRTransport(connection));
    }

    [Test]
    public async Task UseSignalR_gives_a_client_that_calls()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddRoomCall()
            .UseInMemory()
            .UseSignalR(_ => Connect("/hub"), options => options.Name = "Alice")
            .Services.BuildServiceProvider();
        ICallClient client = services.GetRequiredService<ICallClient>();

        await using ICallSession alice = await client.JoinAsync("services").Soon();
        await using ICallSession bob = await client.JoinAsync("services").Soon();
        await alice.DataChannel.SendAsync("hello").Soon();

        Assert.That((await bob.DataChannel.ReceiveAsync().Soon()).Text, Is.EqualTo("hello"));
        await bob.HangUpAsync().Soon();
        await alice.HangUpAsync().Soon();
    }

    [Test]
    public async Task Options_that_are_out_of_range_are_named()
    {
        await using HubConnection connection = Connect("/hub");

        Assert.Multiple(() =>
        {
            Check(new SignalRSignalerOptions { Name = "" }, nameof(SignalRSignalerOptions.Name));
            Check(new SignalRSignalerOptions { ConnectTimeout = TimeSpan.Zero }, nameof(SignalRSignalerOptions.ConnectTimeout));
            Check(new SignalRSignalerOptions { PingInterval = TimeSpan.Zero }, nameof(SignalRSignalerOptions.PingInterval));
            Check(new SignalRSignalerOptions { PingTimeout = Timeout.InfiniteTimeSpan }, nameof(SignalRSignalerOptions.PingTimeout));
            Check(new SignalRSignalerOptions { MaxFrameBytes = 1 }, nameof(SignalRSignalerOptions.MaxFrameBytes));
            Check(new SignalRSignalerOptions { Reconnect = null! }, nameof(SignalRSignalerOptions.Reconnect));
        });

        void Check(SignalRSignalerOptions options, string name) =>
            Assert.That(() => new SignalRTransport(connection, options), Throws.ArgumentException.With.Message.Contains(name));
    }

    private static async Task VisitAsync(ISignalingTransport transport)
    {
        ResumingSignaler signaler = new(transport);
        string room = $"room {Guid.NewGuid()}";
        await using IRoomConnection alice = await signaler.ConnectAsync(room, CancellationToken.None).Soon();
        await NextAsync<RoomEvent.Created>(alice).Soon();
        await alice.LeaveAsync(CancellationToken.None).Soon();
    }

    private static async Task NextAsync<T>(IRoomConnection connection)
        where T : RoomEvent
    {
        await foreach (RoomEvent roomEvent in connection.ReadAllAsync(CancellationToken.None))
        {
            if (roomEvent is T)
                return;
        }

        throw new InvalidOperationException("The events ended.");
    }

    private HubConnection Connect(string path, int? port = null, Action<IHubConnectionBuilder>? build = null)
    {
        HubConnectionBuilder builder = new();
        builder.WithUrl($"http://127.0.0.1:{port ?? _app.Port}{path}");
        build?.Invoke(builder);
        return builder.Build();
    }

    internal sealed class ChatHub : RoomCallHub
    {
        public string Upper(string text) => text.ToUpperInvariant();
    }

    internal sealed class OtherHub : Hub;
}
