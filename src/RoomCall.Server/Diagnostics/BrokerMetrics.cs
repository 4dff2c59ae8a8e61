using System.Diagnostics.Metrics;
using RoomCall.Signaling;

namespace RoomCall.Server.Diagnostics;

/// <summary>The broker's instruments on the meter <c>RoomCall</c>. No tag holds the name of a room or a peer.</summary>
internal sealed class BrokerMetrics
{
    public const string MeterName = "RoomCall";

    // For brokers that were given no factory. It lives as long as the process, as no one could dispose it.
    private static readonly Meter SharedMeter = new(MeterName);

    private readonly UpDownCounter<int> _rooms;
    private readonly UpDownCounter<int> _members;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _rejections;

    public BrokerMetrics(IMeterFactory? meterFactory)
    {
        // A factory owns the meters it makes.
        Meter meter = meterFactory?.Create(MeterName) ?? SharedMeter;
        _rooms = meter.CreateUpDownCounter<int>("roomcall.server.rooms", "{room}", "Rooms with a member in them.");
        _members = meter.CreateUpDownCounter<int>("roomcall.server.members", "{member}", "Members in all rooms.");
        _messages = meter.CreateCounter<long>(
            "roomcall.server.messages",
            "{message}",
            "Messages taken from members to be passed on; one to several receivers counts once.");
        _rejections = meter.CreateCounter<long>(
            "roomcall.server.rejections",
            "{rejection}",
            "What was refused; roomcall.error.code is the name of the RoomErrorCode, or Full.");
    }

    public void Changed(int rooms, int members)
    {
        if (rooms != 0)
            _rooms.Add(rooms);

        if (members != 0)
            _members.Add(members);
    }

    public void Relayed() => _messages.Add(1);

    public void Rejected(RoomErrorCode code) => Rejected(code.ToString());

    public void RejectedAsFull() => Rejected(nameof(RoomEvent.Full));

    private void Rejected(string code) => _rejections.Add(1, new KeyValuePair<string, object?>("roomcall.error.code", code));
}
