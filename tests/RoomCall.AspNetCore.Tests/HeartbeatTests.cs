using RoomCall.Server;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore.Tests;

/// <summary>A client whose connection is dead and does not say so.</summary>
public sealed class HeartbeatTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.5);

    [Test]
    public async Task One_that_answers_no_ping_is_told_as_away_in_time()
    {
        await using RoomHost host = await RoomHost.StartAsync(options => (options.HeartbeatInterval, options.HeartbeatTimeout) = (Short, Short));
        await using RawClient alice = await RawClient.EnterAsync(host.Endpoint);
        long start = TimeProvider.System.GetTimestamp();
        using SilentClient bob = await SilentClient.EnterAsync(host.Endpoint, SignalingProtocol.NewSecret());
        await alice.NextAsync("join");

        await alice.NextAsync("away");

        // A WebSocket looks at its clock once a second: for the time to ask, and for the time of the answer. The rest is for a busy machine.
        TimeSpan time = TimeProvider.System.GetElapsedTime(start);
        Assert.That(time, Is.LessThan(Short + Short + TimeSpan.FromSeconds(2) + TimeSpan.FromSeconds(2)));
    }

    [Test]
    public async Task One_that_answers_is_not_taken_for_dead_while_the_hook_decides()
    {
        TaskCompletionSource decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RoomHost host = await RoomHost.StartAsync(options =>
        {
            (options.HeartbeatInterval, options.HeartbeatTimeout) = (Short, Short);
            options.OnJoin = async request =>
            {
                await decided.Task;
                return RoomAdmission.Allow(request.Name);
            };
        });
        using SilentClient bob = await SilentClient.EnterAsync(host.Endpoint, SignalingProtocol.NewSecret());
        for (int i = 0; i < 3; i++)
        {
            await bob.PongAsync(await bob.NextPingAsync());
        }

        decided.SetResult();
        await bob.PongAsync(await bob.NextPingAsync());
        await using RawClient alice = await RawClient.ConnectAsync(host.Endpoint);

        Assert.That((string?)(await alice.JoinAsync())["type"], Is.EqualTo("joined"));
    }

    [Test]
    public async Task One_that_answers_stays_until_it_answers_no_more()
    {
        await using RoomHost host = await RoomHost.StartAsync(options => (options.HeartbeatInterval, options.HeartbeatTimeout) = (Short, Short));
        await using RawClient alice = await RawClient.EnterAsync(host.Endpoint);
        using SilentClient bob = await SilentClient.EnterAsync(host.Endpoint, SignalingProtocol.NewSecret());
        await alice.NextAsync("join");
        Task away = alice.NextAsync("away");
        for (int i = 0; i < 3; i++)
        {
            await bob.PongAsync(await bob.NextPingAsync());
        }

        await bob.NextPingAsync();
        Assert.That(away.IsCompleted, Is.False, "three answers have kept it there");

        await away;
    }
}
