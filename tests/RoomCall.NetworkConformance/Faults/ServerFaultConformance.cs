using RoomCall.Conformance;
using RoomCall.InMemory;

namespace RoomCall.NetworkConformance;

/// <summary>A server that goes and comes, a slow network, and many at once.</summary>
public abstract class ServerFaultConformance
{
    /// <summary>Makes the network of one test.</summary>
    protected abstract Network CreateNetwork();

    [Test]
    public async Task A_server_that_is_killed_and_started_again_in_mid_call_disturbs_nobody()
    {
        Network network = CreateNetwork();
        SignalingApp app = await network.StartAsync();
        await using FaultyCall call = new(network, app.Port);

        await call.RunAsync(inTheMiddle: async (initiator, joiner) =>
        {
            // It dies without a word.
            call.Initiator.Proxy.Interrupt();
            call.Joiner.Proxy.Interrupt();
            int port = await EndAsync(app, initiator);
            app = await network.StartAsync(port);
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
        Network network = CreateNetwork();
        SignalingApp app = await network.StartAsync();
        await using FaultyCall call = new(network, app.Port);

        await call.RunAsync(inTheMiddle: async (initiator, joiner) =>
        {
            await app.StopAsync().Soon();
            int port = await EndAsync(app, initiator);
            app = await network.StartAsync(port);
            await RepairedAsync(initiator, joiner);
        });

        await app.WhenEmptyAsync();
        await app.DisposeAsync();
    }

    [Test]
    public async Task A_slow_network_makes_a_slow_call()
    {
        Network network = CreateNetwork();
        await using SignalingApp app = await network.StartAsync();
        await using FaultyCall call = new(network, app.Port);
        call.Initiator.Proxy.Delay = call.Joiner.Proxy.Delay = TimeSpan.FromMilliseconds(50);

        await call.RunAsync();

        call.AssertNothingLostDoubledOrReordered();
        await app.WhenEmptyAsync();
    }

    [TestCase(Way.FromClient)]
    [TestCase(Way.FromServer)]
    public async Task A_connection_that_is_half_closed_is_made_again(Way way)
    {
        Network network = CreateNetwork();
        await using SignalingApp app = await network.StartAsync(configure: options => options.ResumeTime = TimeSpan.FromMinutes(1));
        await using FaultyCall call = new(network, app.Port);

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
        Network network = CreateNetwork();
        await using SignalingApp app = await network.StartAsync(configure: options =>
        {
            options.HeartbeatTimeout = options.JoinTimeout = TimeSpan.FromMinutes(2);
            options.ResumeTime = TimeSpan.FromMinutes(2);
        });
        InMemoryWorld world = new();
        SignalerManner patient = new() { ConnectTimeout = TimeSpan.FromMinutes(2), HeartbeatTimeout = TimeSpan.FromMinutes(2) };
        await using OwningSignaler first = network.CreateDirectSignaler(app.Port, patient);
        await using OwningSignaler second = network.CreateDirectSignaler(app.Port, patient);
        CallClient firstClient = world.CreateClient(signaler: first, options: new() { Timeouts = Patient });
        CallClient secondClient = world.CreateClient(signaler: second, options: new() { Timeouts = Patient });

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(async () =>
        {
            await using ICallSession one = await firstClient.JoinAsync($"room {i}");
            await using ICallSession other = await secondClient.JoinAsync($"room {i}");
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

    /// <summary>Ends it, and waits until that was noticed.</summary>
    /// <returns>Its port.</returns>
    private static async Task<int> EndAsync(SignalingApp app, ICallSession initiator)
    {
        int port = app.Port;
        await app.DisposeAsync();
        await initiator.WhenAsync(state => state.IsSignalingInterrupted).Soon();
        return port;
    }

    private static Task RepairedAsync(ICallSession initiator, ICallSession joiner) => Task.WhenAll(
        initiator.WhenAsync(state => !state.IsSignalingInterrupted).Soon(),
        joiner.WhenAsync(state => !state.IsSignalingInterrupted).Soon());
}
