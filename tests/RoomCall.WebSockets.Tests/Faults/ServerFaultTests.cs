using RoomCall.Conformance;
using RoomCall.InMemory;
using RoomCall.NetworkConformance;
using RoomCall.Signaling.Links;

namespace RoomCall.WebSockets.Tests.Faults;

/// <summary>A server that goes and comes, a slow network, and many at once.</summary>
internal sealed class ServerFaultTests
{
    [Test]
    public async Task A_server_that_is_killed_and_started_again_in_mid_call_disturbs_nobody()
    {
        SignalingApp app = await SignalingApp.StartAsync();
        await using FaultyCall call = new(app.Port);

        await call.RunAsync(inTheMiddle: async (initiator, joiner) =>
        {
            // It dies without a word.
            call.Initiator.Proxy.Interrupt();
            call.Joiner.Proxy.Interrupt();
            int port = app.Port;
            await app.DisposeAsync();
            await initiator.WhenAsync(state => state.IsSignalingInterrupted).Soon();
            app = await SignalingApp.StartAsync(port);
            call.Initiator.Proxy.Resume();
            call.Joiner.Proxy.Resume();
            await RepairedAsync(initiator, joiner);
        });

        await app.WhenEmptyAsync();
        await app.DisposeAsync();
    }

    [Test]
    public async Task A_server_that_is_deployed_anew_in_mid_call_disturbs_nobody()
    {
        SignalingApp app = await SignalingApp.StartAsync();
        await using FaultyCall call = new(app.Port);

        await call.RunAsync(inTheMiddle: async (initiator, joiner) =>
        {
            int port = app.Port;
            await app.StopAsync().Soon();
            await app.DisposeAsync();
            await initiator.WhenAsync(state => state.IsSignalingInterrupted).Soon();
            app = await SignalingApp.StartAsync(port);
            await RepairedAsync(initiator, joiner);
        });

        await app.WhenEmptyAsync();
        await app.DisposeAsync();
    }

    [Test]
    public async Task A_slow_network_makes_a_slow_call()
    {
        await using SignalingApp app = await SignalingApp.StartAsync();
        await using FaultyCall call = new(app.Port);
        call.Initiator.Proxy.Delay = call.Joiner.Proxy.Delay = TimeSpan.FromMilliseconds(50);

        await call.RunAsync();

        call.AssertNothingLostDoubledOrReordered();
        await app.WhenEmptyAsync();
    }

    [TestCase(Way.FromClient)]
    [TestCase(Way.FromServer)]
    public async Task A_connection_that_is_half_closed_is_made_again(Way way)
    {
        await using SignalingApp app = await SignalingApp.StartAsync(configure: options => options.ResumeTime = TimeSpan.FromMinutes(1));
        await using FaultyCall call = new(app.Port);

        await call.RunAsync(inTheMiddle: async (initiator, joiner) =>
        {
            // Asked before: it is repaired within a moment.
            Task<CallState> interrupted = initiator.WhenAsync(state => state.IsSignalingInterrupted);
            call.Initiator.Proxy.HalfClose(way);
            await interrupted.Soon();
            await RepairedAsync(initiator, joiner);
        });

        call.AssertNothingLostDoubledOrReordered();
        await app.WhenEmptyAsync();
    }

    [Test]
    public async Task A_thousand_rooms_at_once_have_a_call_each()
    {
        // Two thousand clients in one process of two cores may not get to answer a ping in time.
        await using SignalingApp app = await SignalingApp.StartAsync(configure: options =>
        {
            options.HeartbeatTimeout = options.JoinTimeout = TimeSpan.FromMinutes(2);
            options.ResumeTime = TimeSpan.FromMinutes(2);
        });
        InMemoryWorld world = new();
        ResumingSignaler signaler = new(new WebSocketTransport(new()
        {
            Endpoint = new Uri($"ws://127.0.0.1:{app.Port}/room"),
            ConnectTimeout = TimeSpan.FromMinutes(2),
            KeepAliveTimeout = TimeSpan.FromMinutes(2),
        }));
        CallClient client = world.CreateClient(signaler: signaler, options: new() { Timeouts = Patient });

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(async () =>
        {
            await using ICallSession one = await client.JoinAsync($"room {i}");
            await using ICallSession other = await client.JoinAsync($"room {i}");
            await one.DataChannel.SendAsync($"hello {i}");
            Assert.That((await other.DataChannel.ReceiveAsync()).Text, Is.EqualTo($"hello {i}"));
            await one.HangUpAsync();
            await other.HangUpAsync();
        }))).WaitAsync(TimeSpan.FromMinutes(4), TimeProvider.System);

        await app.WhenEmptyAsync();
    }

    private static CallTimeouts Patient => new()
    {
        Join = TimeSpan.FromMinutes(3),
        Negotiation = TimeSpan.FromMinutes(3),
        Connection = TimeSpan.FromMinutes(3),
        DataChannel = TimeSpan.FromMinutes(3),
        HangUp = TimeSpan.FromMinutes(3),
    };

    private static Task RepairedAsync(ICallSession initiator, ICallSession joiner) => Task.WhenAll(
        initiator.WhenAsync(state => !state.IsSignalingInterrupted).Soon(),
        joiner.WhenAsync(state => !state.IsSignalingInterrupted).Soon());
}
