using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;

namespace RoomCall.Server.Tests.Signaling;

public sealed class SignalingMetricsTests
{
    [Test]
    public void Connections_resumes_refusals_and_ends_are_counted()
    {
        using MeterFactory factory = new();
        using MeterListener listener = new();
        Dictionary<string, long> sums = [];
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter == factory.Meter)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Count(instrument.Name, value));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(string.Join(' ', [instrument.Name, .. tags.ToArray().Select(tag => tag.Value)]), value));
        listener.Start();
        FakeTimeProvider time = new();
        SignalingServer server = new(new RoomBroker(new RoomBrokerOptions { SendLog = false }), timeProvider: time, meterFactory: factory);

        TestClient alice = new TestClient(server).Join();
        TestClient bob = new TestClient(server).Join(secret: "0123456789abcdefghijkl");
        new TestClient(server).Join();
        TestClient again = new TestClient(server).Resume(bob.Self, bob.Token, 1);
        new TestClient(server).Resume(bob.Self, "wrong", 1);
        again.Send("nonsense");
        alice.Send("""{"type":"bye"}""");
        _ = new TestClient(server);
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.That(sums, Is.EquivalentTo(new Dictionary<string, long>
        {
            ["roomcall.server.connections"] = 1,
            ["roomcall.server.resumes"] = 1,
            ["roomcall.server.refusals UnknownStay"] = 1,
            ["roomcall.server.refusals Malformed"] = 1,
            ["roomcall.server.ends Refused"] = 2,
            ["roomcall.server.ends Replaced"] = 1,
            ["roomcall.server.ends Left"] = 1,
            ["roomcall.server.ends TimedOut"] = 1,
        }));

        void Count(string name, long value) => sums[name] = sums.GetValueOrDefault(name) + value;
    }

    private sealed class MeterFactory : IMeterFactory
    {
        public Meter? Meter { get; private set; }

        public Meter Create(MeterOptions options) => Meter = new Meter(options);

        public void Dispose() => Meter?.Dispose();
    }
}
