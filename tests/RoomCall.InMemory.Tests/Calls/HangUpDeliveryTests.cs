using RoomCall.Conformance;
using RoomCall.DataChannels;

namespace RoomCall.InMemory.Tests;

/// <summary>What was sent before a hang-up arrives, over a network with latency and loss (book row S24).</summary>
public class HangUpDeliveryTests
{
    [TestCase(0, 0.0)]
    [TestCase(5, 0.0)]
    [TestCase(5, 0.2)]
    public async Task S24_What_was_sent_arrives_before_the_bye(int latencyMilliseconds, double loss)
    {
        TimeSpan latency = TimeSpan.FromMilliseconds(latencyMilliseconds);
        InMemoryWorld world = new(new InMemoryWorldOptions
        {
            Network = new() { Latency = latency, Loss = loss, RetransmissionDelay = TimeSpan.FromMilliseconds(5), Seed = 3 },
            Signaling = new() { Latency = latency },
        });
        await using ICallSession one = await world.CreateClient().JoinAsync("room").Soon();
        await using ICallSession other = await world.CreateClient().JoinAsync("room").Soon();
        IDataChannel sending = await one.WhenDataChannelOpenAsync().Soon();
        IDataChannel receiving = await other.WhenDataChannelOpenAsync().Soon();
        IDataChannel further = await one.OpenDataChannelAsync("further").Soon();
        IDataChannel accepted = await other.AcceptDataChannelAsync("further").Soon();
        for (int number = 0; number < 50; number++)
        {
            await sending.SendAsync($"{number}").Soon();
            await further.SendAsync($"{number}").Soon();
        }

        await one.HangUpAsync().Soon();

        string[] all = [.. Enumerable.Range(0, 50).Select(number => $"{number}")];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ReadAsync(receiving).Soon(), Is.EqualTo(all));
            Assert.That(await ReadAsync(accepted).Soon(), Is.EqualTo(all));
        }
    }

    [Test]
    public async Task D10_What_waits_on_a_channel_that_never_opened_goes_over_the_connection_that_replaces_it()
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider time = new();
        InMemoryWorld world = new(timeProvider: time);
        InMemoryPeerConnectionFactory engine = world.CreateEngine(new() { Capabilities = new() });
        CallOptions options = new() { Timeouts = new() { Connection = TimeSpan.FromHours(1), Recovery = TimeSpan.FromHours(1), HangUp = TimeSpan.FromHours(1) } };
        engine.Disconnect();
        await using ICallSession one = await world.CreateClient(options, engine: engine).JoinAsync("room").Soon();
        await using ICallSession other = await world.CreateClient(options, engine: engine).JoinAsync("room").Soon();
        IDataChannel channel = one.DataChannel;
        await channel.SendAsync("patience").Soon();
        Task recovering = one.WhenAsync(state => state.Phase == CallPhase.Recovering);
        while (!recovering.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(recovering, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System));
        }

        engine.Reconnect();

        Assert.That((await other.DataChannel.ReadAllAsync().FirstAsync().Soon()).Text, Is.EqualTo("patience"));
        Assert.That(one.DataChannel, Is.SameAs(channel));
    }

    private static async Task<List<string>> ReadAsync(IDataChannel channel)
    {
        List<string> texts = [];
        await foreach (DataMessage message in channel.ReadAllAsync())
        {
            texts.Add(message.Text);
        }

        return texts;
    }
}
