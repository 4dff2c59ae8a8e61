using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using RoomCall.Conformance;
using RoomCall.NetworkConformance;
using RoomCall.Signaling;
using RoomCall.Signaling.Links;

namespace RoomCall.SignalR.Tests;

/// <summary>When a link takes its connection for lost, and when it does not.</summary>
internal sealed class SignalRLossTests
{
    private readonly FakeTimeProvider _time = new();
    private SignalingApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await SignalingApp.StartAsync(
        build: builder => builder.Services.AddSignalR(), map: application => application.MapRoomCallHub("/hub"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_link_that_is_dropped_after_the_server_has_spoken_leaves_the_connection_as_it_is()
    {
        await using HubConnection connection = Connect(_app.Port);
        SignalRTransport transport = new(connection, timeProvider: _time);
        await using ISignalingLink first = await transport.ConnectAsync(default, CancellationToken.None);
        string? id = connection.ConnectionId;
        _time.Advance(TimeSpan.FromSeconds(4));
        await first.SendAsync("""{"type":"resume","room":"lobby","self":"nobody","token":"none","received":0}"""u8.ToArray());
        await first.ReceiveAsync().Soon();

        await first.DisposeAsync();
        await using ISignalingLink second = await transport.ConnectAsync(default, CancellationToken.None);

        Assert.That(connection.ConnectionId, Is.Not.Null.And.EqualTo(id));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_silence_for_the_time_of_a_ping_makes_the_connection_anew_unless_another_link_hears_the_server(bool isHeard)
    {
        await using HubConnection connection = Connect(_app.Port);
        SignalRTransport transport = new(connection, timeProvider: _time);
        await using ISignalingLink silent = await transport.ConnectAsync(default, CancellationToken.None);
        await using ISignalingLink other = await transport.ConnectAsync(default, CancellationToken.None);
        string? id = connection.ConnectionId;
        _time.Advance(TimeSpan.FromSeconds(4));
        if (isHeard)
        {
            await other.SendAsync("""{"type":"ping"}"""u8.ToArray());
            await other.ReceiveAsync().Soon();
        }

        await silent.DisposeAsync();
        await using ISignalingLink next = await transport.ConnectAsync(default, CancellationToken.None);

        Assert.That(connection.ConnectionId == id, Is.EqualTo(isHeard));
    }

    [Test]
    public async Task A_link_that_is_not_read_takes_nothing_more_when_its_connection_is_lost()
    {
        await using FaultProxy proxy = new(_app.Port);
        await using HubConnection connection = Connect(proxy.Port);
        await using ISignalingLink link = await new SignalRTransport(connection).ConnectAsync(default, CancellationToken.None);

        proxy.Cut();

        Assert.That(
            async () =>
            {
                while (true)
                {
                    await link.SendAsync("""{"type":"ping"}"""u8.ToArray()).Soon();
                }
            },
            Throws.Exception.Not.InstanceOf<TimeoutException>());
    }

    [Test]
    public async Task A_connection_that_SignalR_takes_too_long_to_reconnect_is_started()
    {
        await using FaultProxy proxy = new(_app.Port);
        await using HubConnection connection = new HubConnectionBuilder()
            .WithUrl($"http://127.0.0.1:{proxy.Port}/hub").WithAutomaticReconnect([TimeSpan.FromDays(1)]).Build();
        SignalRTransport transport = new(connection, new SignalRSignalerOptions { ConnectTimeout = TimeSpan.FromSeconds(1) });
        await using ISignalingLink lost = await transport.ConnectAsync(default, CancellationToken.None);
        TaskCompletionSource reconnecting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Reconnecting += _ =>
        {
            reconnecting.TrySetResult();
            return Task.CompletedTask;
        };
        proxy.Cut();
        await reconnecting.Task.Soon();

        RoomCallException? waited = await Assert.ThrowsAsync<RoomCallException>(() => transport.ConnectAsync(default, CancellationToken.None).Soon());
        Assert.That(waited!.Message, Does.Contain("Reconnecting"));
        await using ISignalingLink next = await transport.ConnectAsync(default, CancellationToken.None);

        Assert.That(connection.State, Is.EqualTo(HubConnectionState.Connected));
    }

    [Test]
    public async Task A_connection_that_SignalR_makes_again_while_the_server_stops_does_not_hold_up_the_stop()
    {
        using SecondComing isBack = new();
        await using SignalingApp app = await SignalingApp.StartAsync(
            build: builder =>
            {
                builder.Services.AddSignalR(options => options.AddFilter(isBack));
                builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan);
            },
            map: application =>
            {
                // Called last, when SignalR has cut its connections, and before the web server listens no more.
                application.Lifetime.ApplicationStopping.Register(() => isBack.Wait());
                application.MapRoomCallHub("/hub");
            });
        await using FaultProxy proxy = new(app.Port);
        await using HubConnection connection = new HubConnectionBuilder()
            .WithUrl($"http://127.0.0.1:{app.Port}/hub").WithAutomaticReconnect([TimeSpan.Zero]).Build();
        ResumingSignaler signaler = new(new SignalRTransport(connection), new ResumingSignalerOptions { Reconnect = new QuickPolicy(proxy) });
        await using IRoomConnection stay = await signaler.ConnectAsync("stopping", CancellationToken.None).Soon();
        await using IAsyncEnumerator<RoomEvent> events = stay.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
        while (await events.MoveNextAsync().Soon() && events.Current is not RoomEvent.Created)
        {
        }

        await Task.Run(app.StopAsync).Soon();

        Assert.That(isBack.HasCome, Is.True);
    }

    [Test]
    public async Task A_start_that_SignalR_does_not_end_is_given_up_in_time()
    {
        TaskCompletionSource<string?> token = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using HubConnection connection = new HubConnectionBuilder()
            .WithUrl($"http://127.0.0.1:{_app.Port}/hub", options => options.AccessTokenProvider = () => token.Task).Build();
        SignalRTransport transport = new(connection, new SignalRSignalerOptions { ConnectTimeout = TimeSpan.FromMilliseconds(200) });

        for (int i = 0; i < 2; i++)
        {
            RoomCallException? refused = await Assert.ThrowsAsync<RoomCallException>(() => transport.ConnectAsync(default, CancellationToken.None).Soon());
            Assert.That(refused!.Message, Does.Contain("0.2 s"));
        }

        token.SetResult(null);
    }

    private static HubConnection Connect(int port) => new HubConnectionBuilder().WithUrl($"http://127.0.0.1:{port}/hub").Build();

    /// <summary>Tells when a connection was made for a second time, whoever of SignalR and RoomCall made it.</summary>
    private sealed class SecondComing : IHubFilter, IDisposable
    {
        private readonly CountdownEvent _comings = new(2);

        public bool HasCome => _comings.IsSet;

        public void Wait() => _comings.Wait(TimeSpan.FromSeconds(20));

        public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
        {
            if (!_comings.IsSet)
            {
                _comings.Signal();
            }

            return next(context);
        }

        public void Dispose() => _comings.Dispose();
    }
}
