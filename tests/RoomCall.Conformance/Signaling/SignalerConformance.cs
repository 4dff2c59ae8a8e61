using System.Collections.Concurrent;
using RoomCall.Signaling;

namespace RoomCall.Conformance;

/// <summary>What all fixtures for signalers share. Subclass each fixture for your transport.</summary>
public abstract class SignalerConformance
{
    private readonly ConcurrentBag<RoomGuest> _guests = [];

    /// <summary>The server and its clients, fresh for each test.</summary>
    protected SignalingHost Host { get; private set; } = null!;

    [SetUp]
    public async Task Start() => Host = await CreateHostAsync();

    [TearDown]
    public async Task Stop()
    {
        while (_guests.TryTake(out RoomGuest? guest))
        {
            await guest.DisposeAsync();
        }

        await Host.DisposeAsync();
    }

    /// <summary>Starts a server.</summary>
    protected abstract ValueTask<SignalingHost> CreateHostAsync();

    /// <summary>A client asks for a room and gets its answer; disposed after the test, if it was not before.</summary>
    /// <param name="room">The room's name.</param>
    /// <param name="signaler">The client; null: a new one.</param>
    /// <param name="reading">Ends the reading of its events.</param>
    protected async Task<RoomGuest> EnterAsync(string room = "room", IRoomSignaler? signaler = null, CancellationToken reading = default)
    {
        RoomGuest guest = await RoomGuest.EnterAsync(signaler ?? Host.CreateSignaler(), room, reading);
        _guests.Add(guest);
        return guest;
    }

    /// <summary>Two meet in a room, and know of each other.</summary>
    protected async Task<(RoomGuest First, RoomGuest Second)> MeetAsync(string room = "room")
    {
        RoomGuest first = await EnterAsync(room);
        RoomGuest second = await EnterAsync(room);
        Assert.That((await first.NextAsync<RoomEvent.Join>()).Peer, Is.EqualTo(second.Self));
        return (first, second);
    }

    protected static IEnumerable<string> Numbers(int count, string prefix = "") => Enumerable.Range(0, count).Select(i => $"{prefix}{i}");

    /// <summary>Sends numbered texts one after the other.</summary>
    protected static async Task SendNumbersAsync(RoomGuest from, int count, string prefix = "")
    {
        foreach (string number in Numbers(count, prefix))
        {
            await from.SendAsync(number);
        }
    }

    protected static void AssertLost(Func<Task> action) =>
        Assert.That(action, Throws.TypeOf<RoomCallException>().With.Property(nameof(RoomCallException.Code)).EqualTo(RoomCallErrorCode.SignalingLost));
}
