using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
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
    [CancelAfter(60_000)]
    public async Task A_lost_network_in_virtual_time(CancellationToken cancellationToken)
    {
        #region virtual-time
        FakeTimeProvider time = new();
        InMemoryWorld world = new(null, time);
        await using ICallSession alice = await world.CreateClient().JoinAsync("lobby", cancellationToken: cancellationToken);
        await using ICallSession bob = await world.CreateClient().JoinAsync("lobby", cancellationToken: cancellationToken);
        await alice.WhenConnectedAsync(cancellationToken);

        world.Network.Disconnect();
        Task<Task<CallEndReason>> first = Task.WhenAny(alice.Completion, bob.Completion);
        while (!first.IsCompleted)
        {
            await Task.WhenAny(first, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken)); // first what is under way on other threads, then the clock
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Console.WriteLine((await await first).Code); // ConnectionLost; the other side is told
        #endregion

        Assert.That((await await first).Code, Is.EqualTo(CallEndCode.ConnectionLost));
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
