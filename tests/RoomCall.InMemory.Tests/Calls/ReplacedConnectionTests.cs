using RoomCall.Conformance;
using RoomCall.DataChannels;

namespace RoomCall.InMemory.Tests;

/// <summary>A connection that never came up is replaced by another (defect D10), with engines that cannot restart ICE.</summary>
public class ReplacedConnectionTests : InMemoryCallTest
{
    [Test]
    public async Task D10_What_waits_on_a_channel_that_never_opened_goes_over_the_connection_that_replaces_it()
    {
        CallSide one = World.CreateSide(canRestartIce: false);
        one.Disconnect();
        ICallSession initiator = await JoinAsync(one);
        ICallSession joiner = await JoinAsync(World.CreateSide(canRestartIce: false));
        IDataChannel channel = initiator.DataChannel;
        IDataChannel other = joiner.DataChannel;
        await channel.SendAsync("patience").Soon();
        await other.SendAsync("patience yourself").Soon();
        await PassUntilAsync(Task.WhenAll(ReachedAsync(initiator, CallPhase.Recovering), ReachedAsync(joiner, CallPhase.Recovering)));

        one.Reconnect();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await HearAsync(other), Is.EqualTo("patience"));
            Assert.That(await HearAsync(channel), Is.EqualTo("patience yourself"));
            Assert.That((initiator.DataChannel, joiner.DataChannel), Is.EqualTo((channel, other)));
        }
    }
}
