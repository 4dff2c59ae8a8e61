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
    private readonly HubPlaceTests.Caller _caller = new();
    private HubLink _link = null!;
    private HubSession _session = null!;

    [SetUp]
    public async Task ConnectAsync()
    {
        _link = new HubLink(HubPlace.TryTake(_caller, 1)!);
        HubHeartbeat heartbeat = new(TimeSpan.FromHours(1), TimeSpan.FromHours(1), TimeProvider.System, _link.Ask, _link.Abort);
        _session = new HubSession(_link, _server.Connect(_link), heartbeat, _frames.Reader, maxFrameBytes: 1024);
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

    [Test]
    public async Task A_client_that_sees_its_stream_end_may_begin_its_next_stay_at_once()
    {
        Assert.That(HubPlace.TryTake(_caller, 1), Is.Null);
        IAsyncEnumerable<string> said = _link.ReadAllAsync(_session.NobodyReads, CancellationToken.None);
        _frames.Writer.Complete();
        await _session.RunAsync(_lost.Token);

        Assert.That(await said.CountAsync(), Is.Positive);

        Assert.That(HubPlace.TryTake(_caller, 1), Is.Not.Null);
    }
}
