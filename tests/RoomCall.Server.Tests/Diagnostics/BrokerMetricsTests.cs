using System.Diagnostics.Metrics;

namespace RoomCall.Server.Tests.Diagnostics;

public sealed class BrokerMetricsTests
{
    [Test]
    public void Rooms_members_messages_and_rejections_are_counted()
    {
        using MeterFactory factory = new();
        using MeterListener listener = new();
        Dictionary<string, long> sums = [];
        List<string> tags = [];
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter == factory.Meter)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Count(instrument, value));
        listener.SetMeasurementEventCallback<long>((instrument, value, given, _) =>
        {
            Count(instrument, value);
            foreach (KeyValuePair<string, object?> tag in given)
                tags.Add($"{tag.Key}={tag.Value}");
        });
        listener.Start();
        RoomBroker broker = new(meterFactory: factory);

        RoomSeat first = broker.Seat(new TestMember());
        broker.Seat(new TestMember(queueLength: 3));
        RoomSeat elsewhere = broker.Seat(new TestMember(), "elsewhere");
        broker.CreateOrJoin("lobby", new TestMember());
        broker.CreateOrJoin("\0", new TestMember());
        first.Send("hello", to: "nobody");
        first.Send("one");
        first.Send("two"); // too much for the second
        elsewhere.Leave();

        Assert.That(sums["roomcall.server.rooms"], Is.EqualTo(1));
        Assert.That(sums["roomcall.server.members"], Is.EqualTo(1));
        Assert.That(sums["roomcall.server.messages"], Is.EqualTo(2));
        Assert.That(sums["roomcall.server.rejections"], Is.EqualTo(3));
        Assert.That(tags, Is.EqualTo(new[]
        {
            "roomcall.error.code=Full",
            "roomcall.error.code=InvalidRoomName",
            "roomcall.error.code=UnknownPeer",
        }));

        void Count(Instrument instrument, long value) => sums[instrument.Name] = sums.GetValueOrDefault(instrument.Name) + value;
    }

    private sealed class MeterFactory : IMeterFactory
    {
        public Meter? Meter { get; private set; }

        public Meter Create(MeterOptions options)
        {
            Assert.That(options.Name, Is.EqualTo("RoomCall"));
            return Meter = new Meter(options);
        }

        public void Dispose() => Meter?.Dispose();
    }
}
