using RoomCall.Conformance;
using RoomCall.DataChannels;

namespace RoomCall.InMemory.Tests;

/// <summary>Further data channels end with their call (book row S26), not whenever the engine gets to it.</summary>
public class FurtherChannelEndTests : InMemoryCallTest
{
    [Test]
    public async Task S26_A_further_channel_reads_as_cut_off_though_its_connection_is_slow_to_close()
    {
        InMemoryCallSide side = CreateSide();
        SlowToCloseEngine engine = new(side.Engine);
        ICallSession stays = await JoinAsync(new CallClient(side.Signaler, engine, Options(), World.Time));
        InMemoryCallSide other = CreateSide();
        ICallSession leaves = await JoinAsync(other);
        await TalkAsync(stays, leaves);
        IDataChannel further = await stays.OpenDataChannelAsync("files").Soon();

        other.Vanish();

        Assert.That(async () => await HearAllAsync(further).Soon(), Throws.TypeOf<RoomCallException>());
        Assert.That(further.State, Is.EqualTo(DataChannelState.Closed));
        engine.Closing.SetResult();
    }
}
