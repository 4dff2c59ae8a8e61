using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore.Tests;

/// <summary>Clients of a hub that are dead and do not say so, and an application that stops.</summary>
public sealed class HubEndTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task One_that_answers_no_ping_is_told_as_away_in_time_though_SignalR_hears_of_it()
    {
        await using RoomHost host = await HubTests.StartAsync(options => (options.HeartbeatInterval, options.HeartbeatTimeout) = (Short, Short));
        await using RawClient alice = await RawClient.EnterAsync(host.Endpoint);
        long start = TimeProvider.System.GetTimestamp();
        await using HubClient bob = await HubClient.EnterAsync(host.Http, secret: SignalingProtocol.NewSecret());
        await alice.NextAsync("join");

        await alice.NextAsync("away");

        Assert.That(TimeProvider.System.GetElapsedTime(start), Is.LessThan(Short + Short + TimeSpan.FromSeconds(2)));
        Assert.That((string?)(await bob.NextAsync("ping"))["type"], Is.EqualTo("ping"));
    }

    [Test]
    public async Task One_that_answers_stays_until_it_answers_no_more()
    {
        await using RoomHost host = await HubTests.StartAsync(options => (options.HeartbeatInterval, options.HeartbeatTimeout) = (Short, Short));
        await using RawClient alice = await RawClient.EnterAsync(host.Endpoint);
        await using HubClient bob = await HubClient.EnterAsync(host.Http, secret: SignalingProtocol.NewSecret());
        await alice.NextAsync("join");
        Task away = alice.NextAsync("away");
        for (int i = 0; i < 4; i++)
        {
            await bob.NextAsync("ping");
            Assert.That(away.IsCompleted, Is.False, "its answers have kept it there");
            await bob.SendAsync("""{"type":"pong"}""");
        }

        await away;
    }

    [Test]
    public async Task When_the_application_stops_what_was_sent_arrives_and_then_each_is_told_to_come_back()
    {
        await using RoomHost host = await HubTests.StartAsync();
        await using HubClient alice = await HubClient.EnterAsync(host.Http);
        await using HubClient bob = await HubClient.EnterAsync(host.Http);
        await alice.NextAsync("join");
        await alice.SayNumbersAsync(100);

        // SignalR would cut the connections at once. It waits in a callback that blocks, so not here.
        Task stopping = Task.Run(host.StopAsync);
        (List<int> numbers, JsonObject frame) = await bob.NextNumbersAsync();

        bob.Close();
        Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, 100)));
        Assert.That(((string?)frame["type"], (string?)frame["code"]), Is.EqualTo(("end", "restarting")));
        Assert.That(await alice.EndAsync(), Is.EqualTo("restarting"));
        await stopping.WaitAsync(Patience);
    }

    [Test]
    public async Task A_client_that_does_not_end_holds_up_the_stop_no_longer_than_the_time_to_close()
    {
        await using RoomHost host = await StartPatientAsync();
        await using HubClient alice = await HubClient.EnterAsync(host.Http);

        await Task.Run(host.StopAsync).WaitAsync(Patience);

        Assert.That(host.Server.ConnectionCount, Is.Zero);
    }

    [Test]
    public async Task A_client_that_comes_back_again_and_again_does_not_hold_up_the_stop()
    {
        await using RoomHost host = await StartPatientAsync();
        await using HubClient alice = await HubClient.EnterAsync(host.Http);

        Task stopping = Task.Run(host.StopAsync);
        await alice.NextAsync("end");
        int streams = await ComeBackUntilCutAsync(alice.Connection);

        await stopping.WaitAsync(Patience);
        Assert.That(streams, Is.Positive);
    }

    [Test]
    public async Task A_connection_that_is_made_while_the_server_stops_ends_with_its_stream()
    {
        await using RoomHost host = await HubTests.StartAsync();
        await host.Server.StopAsync();
        await using HubClient late = await HubClient.ConnectAsync(host.Http);
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        late.Connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };

        Assert.That(await late.EndAsync(), Is.EqualTo("restarting"));

        await closed.Task.WaitAsync(Patience);
    }

    [Test]
    public async Task One_who_reads_nothing_is_let_go()
    {
        await using RoomHost host = await HubTests.StartAsync(options =>
        {
            (options.MaxQueuedBytes, options.MaxQueuedFrames) = (32 * 1024 * 1024, 10_000);
            options.CloseTimeout = TimeSpan.FromSeconds(0.2);
            options.HeartbeatInterval = TimeSpan.FromMinutes(1);
            options.MaxFramesPerSecond = options.FrameBurst = 100_000;
            options.Rooms.MaxMessagesPerSecond = options.Rooms.MessageBurst = 100_000;
        });
        using DeafHubClient bob = await DeafHubClient.EnterAsync(host.Http);
        await using RawClient alice = await RawClient.EnterAsync(host.Endpoint);
        Task<JsonObject> left = alice.NextAsync("left");

        for (int i = 0; i < 4000 && !left.IsCompleted; i++)
        {
            await alice.SayAsync($"\"{new string('x', 30_000)}\"");
        }

        Assert.That((string?)(await left)["reason"], Is.EqualTo("too-slow"));
        Assert.That(() => host.Server.ConnectionCount, Is.EqualTo(1).After(30_000, 5));
    }

    /// <summary>Opens one stream after the other, and ends none, until the connection is cut.</summary>
    /// <returns>How many streams there were.</returns>
    private static async Task<int> ComeBackUntilCutAsync(HubConnection connection)
    {
        for (int count = 0; ; count++)
        {
            try
            {
                await (await HubClient.ConnectAsync(connection)).NextTextAsync();
            }
            catch (Exception exception) when (exception is not TimeoutException)
            {
                return count;
            }
        }
    }

    /// <summary>A host that waits as long as it takes, with clients that have little time to end.</summary>
    private static Task<RoomHost> StartPatientAsync() => HubTests.StartAsync(
        options => options.CloseTimeout = TimeSpan.FromSeconds(0.2),
        build: builder => builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan));
}
