using System.Threading.Channels;
using RoomCall.Server;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore.Tests;

/// <summary>Who has ended a stream, where the connection is lost at the same moment.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HubSessionTests : IDisposable
{
    private readonly SignalingServer _server = new(new RoomBroker());
    private readonly Channel<string> _frames = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _lost = new();
    private HubSession _session = null!;

    [SetUp]
    public async Task ConnectAsync()
    {
        HubLink link = new(HubPlace.TryTake(new HubPlaceTests.Caller(), 1)!);
        HubHeartbeat heartbeat = new(TimeSpan.FromHours(1), TimeSpan.FromHours(1), TimeProvider.System, link.Ask, link.Abort);
        _session = new HubSession(link, _server.Connect(link), heartbeat, _frames.Reader, maxFrameBytes: 1024);
        await _frames.Writer.WriteAsync($$"""{"type":"create or join","room":"lobby","secret":"{{SignalingProtocol.NewSecret()}}"}""");
    }

    public void Dispose() => _lost.Dispose();

    [Test]
    public async Task A_client_that_ended_its_stream_before_its_connection_was_lost_has_left()
    {
        _frames.Writer.Complete();
        await _lost.CancelAsync();

        await _session.RunAsync(_lost.Token);

        Assert.That(_server.Broker.MemberCount, Is.Zero);
    }

    [Test]
    public async Task A_stream_that_SignalR_ends_because_nobody_reads_is_lost_and_the_seat_is_kept()
    {
        _session.NobodyReads();
        _frames.Writer.Complete();

        await _session.RunAsync(_lost.Token);

        Assert.That(_server.Broker.MemberCount, Is.EqualTo(1));
    }
}
