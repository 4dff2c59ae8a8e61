using RoomCall.DataChannels;
using RoomCall.InMemory;

namespace RoomCall.SipSorcery.Tests;

/// <summary>The connection of one who hangs up closes before its bye can have come.</summary>
public sealed class HangUpEndTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task A_hang_up_is_a_normal_end_to_whoever_reads(bool withSound)
    {
        InMemoryWorld world = new(new InMemoryWorldOptions { Signaling = new() { Latency = TimeSpan.FromMilliseconds(300) } });
        for (int i = 0; i < 5; i++)
        {
            await using ICallSession stays = await JoinAsync(world, withSound);
            await using ICallSession leaves = await JoinAsync(world, withSound);
            IDataChannel channel = await leaves.WhenDataChannelOpenAsync().WaitAsync(NativeSide.Patience);
            Task<List<string>> reading = ReadAsync(await stays.WhenDataChannelOpenAsync().WaitAsync(NativeSide.Patience));
            List<CallPhase> phases = [];
            using IDisposable watching = stays.States.Subscribe(state => phases.Add(state.Phase));
            await channel.SendAsync("last words");

            await leaves.HangUpAsync().WaitAsync(NativeSide.Patience);

            Assert.That(await reading.WaitAsync(NativeSide.Patience), Is.EqualTo(new[] { "last words" }));
            await stays.WhenAsync(static state => state.Phase == CallPhase.Waiting).WaitAsync(NativeSide.Patience);
            Assert.That(phases, Has.None.EqualTo(CallPhase.Recovering));
        }
    }

    private static Task<ICallSession> JoinAsync(InMemoryWorld world, bool withSound)
    {
        CallOptions options = new() { Media = withSound ? new SipSorceryMediaSource(TestMedia.Tone) : null };
        return new CallClient(world.CreateSignaler(), Engine.Create(), options).JoinAsync("room").WaitAsync(NativeSide.Patience);
    }

    private static async Task<List<string>> ReadAsync(IDataChannel channel)
    {
        List<string> texts = [];
        await foreach (DataMessage message in channel.ReadAllAsync())
            texts.Add(message.Text);
        return texts;
    }
}
