using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using RoomCall.InMemory;
using RoomCall.Server;
using RoomCall.Signaling;

namespace RoomCall.Repository.Documentation.Snippets;

/// <summary>The code of the packages' READMEs, as it is printed there.</summary>
public class PackageSnippets
{
    [Test]
    public void Rooms()
    {
        #region rooms
        RoomBroker broker = new(new RoomBrokerOptions { Capacity = 2 });
        RoomSeat? alice = broker.CreateOrJoin("lobby", new Printer("alice")); // created: the initiator
        RoomSeat? bob = broker.CreateOrJoin("lobby", new Printer("bob"));     // joined; alice: join
        alice?.Relay("\"got user media\""u8.ToArray(), to: null);             // bob: message, from alice's id
        alice?.Leave();                                                       // bob: left, and bob is the initiator now
        #endregion

        Assert.That((broker.RoomCount, broker.MemberCount, bob), Is.EqualTo((1, 1, bob)));
    }

    [Test]
    public async Task A_client_over_WebSockets()
    {
        ServiceCollection services = new();
        AccessTokens tokens = new();

        #region web-sockets
        services.AddRoomCall()
                .UseWebSockets(options =>
                {
                    options.Endpoint = new Uri("wss://example.org/room");
                    options.Name = "Alice";
                    options.AccessTokenProvider = async cancellationToken => await tokens.GetAsync(cancellationToken);
                });
        #endregion

        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.That(provider.GetRequiredService<IRoomSignaler>(), Is.InstanceOf<Signaling.Links.ResumingSignaler>());
    }

    [Test]
    public void A_lost_network_in_virtual_time()
    {
        CallEndReason? reason = null;

        #region virtual-time
        SimulationResult run = Simulation.Run(async simulation =>
        {
            await using ICallSession alice = await simulation.World.CreateClient().JoinAsync("lobby");
            await using ICallSession bob = await simulation.World.CreateClient().JoinAsync("lobby");
            await alice.WhenConnectedAsync();

            simulation.World.Network.Disconnect();
            reason = await await Task.WhenAny(alice.Completion, bob.Completion);
        });

        Console.WriteLine($"{reason!.Code} after {run.Elapsed}"); // ConnectionLost after 00:00:40; the other side is told
        #endregion

        Assert.That((reason.Code, run.Elapsed), Is.EqualTo((CallEndCode.ConnectionLost, TimeSpan.FromSeconds(40))));
    }
}

#region member
internal sealed class Printer(string name) : IRoomMember
{
    private readonly ConcurrentQueue<RoomEvent> _queue = new();

    public bool TryPost(RoomEvent roomEvent)
    {
        if (_queue.Count >= 100)
        {
            return false;
        }

        _queue.Enqueue(roomEvent);
        return true;
    }

    public void Flush()
    {
        lock (_queue) // several threads may flush at a time, and the order is to be kept
        {
            while (_queue.TryDequeue(out RoomEvent? roomEvent))
            {
                Console.WriteLine($"{name}: {roomEvent}");
            }
        }
    }

    public void Close(PeerLeftReason reason) => Console.WriteLine($"{name} was let go: {reason}");
}
#endregion

/// <summary>Whatever gives this user tokens.</summary>
internal sealed class AccessTokens
{
    public ValueTask<string?> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>("token");
}
