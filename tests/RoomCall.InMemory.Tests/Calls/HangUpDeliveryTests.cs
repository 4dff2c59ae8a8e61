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
