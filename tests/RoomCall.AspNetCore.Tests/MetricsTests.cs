using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore.Tests;

/// <summary>What the server counts on the meter <c>RoomCall</c> of the application.</summary>
public sealed class MetricsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private RoomHost _host = null!;

    [SetUp]
    public async Task Start() => _host = await RoomHost.StartAsync();

    [TearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task Connections_that_are_up_are_counted()
    {
        using MetricCollector<int> connections = Collect<int>("connections");
        await using RawClient alice = await RawClient.EnterAsync(_host.Endpoint);
        RawClient bob = await RawClient.EnterAsync(_host.Endpoint);
        bob.Vanish();

        await connections.WaitForMeasurementsAsync(3).WaitAsync(Patience);

        Assert.That(connections.GetMeasurementSnapshot().EvaluateAsCounter(), Is.EqualTo(1));
    }

    [Test]
    public async Task Seats_that_are_taken_again_are_counted()
    {
        using MetricCollector<long> resumes = Collect<long>("resumes");
        await using RawClient alice = await RawClient.EnterAsync(_host.Endpoint);
        RawClient bob = await RawClient.EnterAsync(_host.Endpoint, secret: SignalingProtocol.NewSecret());
        await alice.NextAsync("join");
        bob.Vanish();
        await alice.NextAsync("away");

        await using RawClient again = await RawClient.ConnectAsync(_host.Endpoint);
        await again.ResumeAsync("lobby", bob.Self, bob.Token!, bob.Received);
        await resumes.WaitForMeasurementsAsync(1).WaitAsync(Patience);

        Assert.That(resumes.LastMeasurement!.Value, Is.EqualTo(1));
    }

    [TestCase("""{"type":"create or join","room":" "}""", "InvalidRoomName")]
    [TestCase("""{"type":"create or join","room":"lobby","name":" "}""", "InvalidName")]
    [TestCase("""{"type":"resume","room":"lobby","self":"a","token":"b","received":0}""", "UnknownStay")]
    [TestCase("nonsense", "Malformed")]
    public async Task Refusals_are_counted_by_their_code(string frame, string code)
    {
        using MetricCollector<long> refusals = Collect<long>("refusals");
        await using RawClient client = await RawClient.ConnectAsync(_host.Endpoint);

        await client.SendAsync(frame);
        await client.NextAsync("error");

        CollectedMeasurement<long> refusal = refusals.GetMeasurementSnapshot().Single();
        Assert.That((refusal.Value, refusal.Tags["roomcall.error.code"]), Is.EqualTo((1, code)));
    }

    [Test]
    public async Task One_who_left_and_one_who_found_the_room_full_are_counted_as_ends()
    {
        using MetricCollector<long> ends = Collect<long>("ends");
        await using RawClient alice = await RawClient.EnterAsync(_host.Endpoint);
        await using RawClient bob = await RawClient.EnterAsync(_host.Endpoint);
        await using RawClient carol = await RawClient.EnterAsync(_host.Endpoint);
        await carol.EndAsync();
        await bob.SendAsync("""{"type":"bye"}""");
        await bob.EndAsync();

        Assert.That(Codes(ends), Is.EqualTo(new[] { "Refused", "Left" }));
    }

    [Test]
    public async Task Replaced_malformed_and_restarting_connections_are_counted_as_ends()
    {
        using MetricCollector<long> ends = Collect<long>("ends");
        await using RawClient alice = await RawClient.EnterAsync(_host.Endpoint, secret: SignalingProtocol.NewSecret());
        await using RawClient again = await RawClient.ConnectAsync(_host.Endpoint);
        await again.ResumeAsync("lobby", alice.Self, alice.Token!, alice.Received);
        await alice.EndAsync();
        await using RawClient bob = await RawClient.ConnectAsync(_host.Endpoint);
        for (int i = 0; i <= 10; i++)
        {
            await bob.SendAsync("nonsense");
        }

        await bob.EndAsync();
        await Task.WhenAll(_host.Server.StopAsync(), again.EndAsync()).WaitAsync(Patience);

        Assert.That(Codes(ends), Is.EqualTo(new[] { "Replaced", "Malformed", "Restarting" }));
    }

    [Test]
    public async Task One_who_reads_too_slowly_is_counted_as_an_end()
    {
        await using RoomHost host = await RoomHost.StartAsync(options =>
        {
            options.MaxQueuedFrames = 64;
            options.Rooms.MaxParkedMessages = 16;
            options.CloseTimeout = TimeSpan.FromSeconds(0.1);
        });
        using MetricCollector<long> ends = Collect<long>("ends", host);
        await using RawClient alice = await RawClient.EnterAsync(host.Endpoint);
        await using RawClient bob = await RawClient.EnterAsync(host.Endpoint, secret: SignalingProtocol.NewSecret());
        await alice.NextAsync("join");
        for (int i = 0; i < 64; i++)
        {
            await alice.SayAsync("0"); // bob acknowledges none of them
        }

        await alice.NextAsync("left");

        await ends.WaitForMeasurementsAsync(1).WaitAsync(Patience);
        Assert.That(Codes(ends), Is.EqualTo(new[] { "TooSlow" }));
    }

    private MetricCollector<T> Collect<T>(string instrument, RoomHost? host = null)
        where T : struct =>
        new((host ?? _host).Services.GetRequiredService<IMeterFactory>(), "RoomCall", $"roomcall.server.{instrument}");

    private static object?[] Codes(MetricCollector<long> ends) =>
        [.. ends.GetMeasurementSnapshot().Select(end => end.Tags["roomcall.end.code"])];
}
