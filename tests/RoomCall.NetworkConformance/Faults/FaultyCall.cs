using RoomCall.Conformance;
using RoomCall.DataChannels;
using RoomCall.InMemory;

namespace RoomCall.NetworkConformance;

/// <summary>A call between two clients, each behind a network of its own: they meet, talk and hang up, whatever happens to the network in
/// between.</summary>
internal sealed class FaultyCall : IAsyncDisposable
{
    private readonly InMemoryWorld _world = new();
    private readonly RecordedSignaler _initiator;
    private readonly RecordedSignaler _joiner;

    /// <param name="network">How both reach the server; the initiator's way is made first.</param>
    /// <param name="port">Where the server is.</param>
    /// <param name="heartbeat">How fast they notice a network that hangs; null: as in the defaults.</param>
    public FaultyCall(Network network, int port, TimeSpan? heartbeat = null)
    {
        Initiator = network.CreateSignaler(port, heartbeat);
        Joiner = network.CreateSignaler(port, heartbeat);
        (_initiator, _joiner) = (new RecordedSignaler(Initiator), new RecordedSignaler(Joiner));
    }

    public ProxiedSignaler Initiator { get; }

    public ProxiedSignaler Joiner { get; }

    /// <summary>Makes the call, from joining to hanging up.</summary>
    /// <param name="room">The room.</param>
    /// <param name="inTheMiddle">What happens while both talk.</param>
    public async Task RunAsync(string room = "room", Func<ICallSession, ICallSession, Task>? inTheMiddle = null)
    {
        await using ICallSession initiator = await _world.CreateClient(signaler: _initiator).JoinAsync(room).Soon();
        await using ICallSession joiner = await _world.CreateClient(signaler: _joiner).JoinAsync(room).Soon();
        await TalkAsync(initiator, joiner);
        if (inTheMiddle is not null)
        {
            await inTheMiddle(initiator, joiner);
            await TalkAsync(initiator, joiner);
        }

        await joiner.HangUpAsync().Soon();
        await initiator.WhenAsync(state => state.Phase == CallPhase.Waiting).Soon();
        await initiator.HangUpAsync().Soon();
        Assert.That(
            ((await initiator.Completion.Soon()).Code, (await joiner.Completion.Soon()).Code),
            Is.EqualTo((CallEndCode.HungUp, CallEndCode.HungUp)));
    }

    /// <summary>What each side said the other has heard: in order, once, and but for what may not have left in time at the end, all of
    /// it.</summary>
    public void AssertNothingLostDoubledOrReordered()
    {
        // The joiner goes first, so the initiator has heard all that it said.
        Assert.That(_initiator.Heard, Is.EqualTo(_joiner.Said));

        // What was parked comes before what was said to the joiner when it was there; the parked of an older offer were replaced.
        string[] heard = _joiner.Heard;
        int parked = heard.TakeWhile(text => _initiator.Parked.Contains(text)).Count();
        Assert.That(_initiator.Parked, Is.SupersetOf(heard[..parked]));
        Assert.That(heard[..parked], Is.Unique);
        Assert.That(heard[parked..], Is.EqualTo(_initiator.Said[..(heard.Length - parked)]));
    }

    public async ValueTask DisposeAsync()
    {
        await Initiator.DisposeAsync();
        await Joiner.DisposeAsync();
    }

    private static async Task TalkAsync(ICallSession one, ICallSession other)
    {
        IDataChannel first = await one.WhenDataChannelOpenAsync().Soon();
        IDataChannel second = await other.WhenDataChannelOpenAsync().Soon();
        await first.SendAsync("hello").Soon();
        await second.SendAsync("hello yourself").Soon();
        Assert.That(
            ((await second.ReceiveAsync().Soon()).Text, (await first.ReceiveAsync().Soon()).Text),
            Is.EqualTo(("hello", "hello yourself")));
    }
}
