using System.Globalization;
using RoomCall.DataChannels;
using RoomCall.PeerConnections;

namespace RoomCall.InMemory.Tests;

public sealed class LatencyTests
{
    private static readonly InMemoryNetworkOptions Slow = new() { Latency = TimeSpan.FromMilliseconds(100) };

    [Test]
    public async Task A_connection_takes_one_round_trip_for_ICE_two_for_DTLS_and_one_for_the_channel()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync(Slow);
        await call.NegotiateAsync();
        int hops = 0;
        while (call.AnswererConnection.State != PeerConnectionState.Connected && hops < 50)
        {
            call.Time.Advance(Slow.Latency);
            hops++;
        }

        Assert.That(hops, Is.EqualTo(6), "one way is one hop; the answerer begins DTLS and is the last to know");
        while (call.Near.Transport.State != DataChannelState.Open && hops < 50)
        {
            call.Time.Advance(Slow.Latency);
            hops++;
        }

        Assert.That(hops, Is.EqualTo(7));
        Assert.That((await call.Offerer.Connection.GetStatisticsAsync(default)).RoundTripTime, Is.EqualTo(2 * Slow.Latency));
    }

    [Test]
    public async Task A_message_arrives_after_the_latency_and_not_before()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync(Slow);
        await call.OpenAsync();
        call.Near.Transport.Send(DataMessage.FromText("hello"));
        call.Time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.That(call.Far!.Messages.All, Is.Empty);
        call.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(call.Far.Messages.All, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_reliable_channel_loses_nothing_and_keeps_order_over_a_bad_network()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync(Bad(7));
        await call.OpenAsync();
        await SendAsync(call, 500);
        Assert.That(call.Far!.Messages.All.Select(static message => message.Text), Is.EqualTo(Enumerable.Range(0, 500).Select(Text)));
    }

    [Test]
    public async Task An_unreliable_channel_loses_about_its_share_and_an_unordered_one_overtakes()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync(Bad(7), channel: new() { Ordered = false, MaxRetransmits = 0 });
        await call.OpenAsync();
        await SendAsync(call, 1000);
        List<int> arrived = [.. call.Far!.Messages.All.Select(static message => int.Parse(message.Text, CultureInfo.InvariantCulture))];
        Assert.That(arrived, Has.Count.InRange(650, 750));
        Assert.That(arrived, Is.Unique.And.Not.Ordered);
    }

    [Test]
    public async Task The_same_seed_gives_the_same_trace_and_another_seed_another()
    {
        string first = await TraceAsync(1);
        string again = await TraceAsync(1);
        string other = await TraceAsync(2);
        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
    }

    [Test]
    public async Task What_was_sent_before_closing_arrives_over_a_bad_network_too()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync(Bad(3), channel: new() { Ordered = false });
        await call.OpenAsync();
        for (int i = 0; i < 100; i++) call.Near.Transport.Send(DataMessage.FromText(Text(i)));
        call.Near.Transport.Close();
        Pass(call, 3000);
        Assert.That(call.Far!.Messages.All, Has.Count.EqualTo(100));
        Assert.That(call.Far.Events.All.TakeLast(2), Is.EqualTo(new[] { "closing", "closed" }));
        Assert.That(call.Near.Events.All, Is.EqualTo(new[] { "open", "closing", "closed" }));
    }

    private static InMemoryNetworkOptions Bad(int seed) => new()
    {
        Latency = TimeSpan.FromMilliseconds(20),
        Jitter = TimeSpan.FromMilliseconds(30),
        Loss = 0.3,
        Seed = seed,
    };

    private static string Text(int i) => i.ToString(CultureInfo.InvariantCulture);

    private static async Task<string> TraceAsync(int seed)
    {
        await using VirtualCall call = await VirtualCall.CreateAsync(Bad(seed), channel: new() { Ordered = false, MaxRetransmits = 1 });
        await call.OpenAsync();
        await SendAsync(call, 100);
        return string.Join(' ', call.Offerer.Candidates.All.Select(static candidate => candidate.Candidate))
            + string.Join(' ', call.Far!.Messages.All.Select(static message => message.Text));
    }

    private static Task SendAsync(VirtualCall call, int count)
    {
        for (int i = 0; i < count; i++)
        {
            call.Near.Transport.Send(DataMessage.FromText(Text(i)));
            Pass(call, 1);
        }

        Pass(call, 5000);
        return Task.CompletedTask;
    }

    private static void Pass(VirtualCall call, int milliseconds)
    {
        for (int i = 0; i < milliseconds; i += 5) call.Time.Advance(TimeSpan.FromMilliseconds(Math.Min(5, milliseconds)));
    }
}
